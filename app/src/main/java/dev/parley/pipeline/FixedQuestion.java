package dev.parley.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What every version is asked, so that nobody finds out later that it forgot how to answer.
 *
 * @param text of the question
 * @param right what is found in a right answer
 */
record FixedQuestion(String text, Pattern right) {
  private static final String FILE = "examination.jsonl";

  /** All there are. */
  static List<FixedQuestion> all() {
    List<FixedQuestion> all = new ArrayList<>();
    try (InputStream in =
        Objects.requireNonNull(FixedQuestion.class.getResourceAsStream(FILE), FILE)) {
      String lines = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      ObjectMapper json = new ObjectMapper();
      for (String line : lines.strip().split("\n", -1)) {
        JsonNode row = json.readTree(line);
        all.add(
            new FixedQuestion(
                row.path("question").asText(),
                Pattern.compile(
                    row.path("right").asText(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  boolean isRight(String answer) {
    return right.matcher(answer).find();
  }
}
