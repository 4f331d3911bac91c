package dev.parley.model.training.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Reads training data: a JSON object on each line in UTF-8, compressed by gzip or not. The usual
 * shapes are told apart line by line. Rows are handed out as they are read, so that a file of any
 * size can be; a line that cannot be used is left out and reported, so that all of them are seen at
 * once. Whoever trains from the rows looks at the report first.
 */
public final class DataFile {
  private static final List<String> ID = List.of("id");

  private DataFile() {}

  /**
   * Reads demonstrations: {@code messages} (OpenAI), {@code conversations} (ShareGPT), {@code
   * instruction}, {@code input} and {@code output} with perhaps {@code system} and {@code history}
   * (Alpaca, LLaMA-Factory), {@code prompt} and {@code completion} (TRL), {@code instruction} and
   * {@code instances} (Self-Instruct).
   *
   * @throws IOException where the file cannot be read; never for what is in it
   */
  public static DataReport readDemonstrations(Path file, Consumer<? super Demonstration> rows)
      throws IOException {
    return read(file, DemonstrationShapes::read, rows);
  }

  /**
   * Reads preferences: {@code chosen} and {@code rejected} after {@code messages}, {@code
   * conversations}, {@code prompt}, {@code question} or {@code instruction}, or without a prompt as
   * two conversations that share all but the last answer (TRL, Anthropic, LLaMA-Factory); {@code
   * responses} from the best to the worst give all pairs.
   *
   * @throws IOException where the file cannot be read; never for what is in it
   */
  public static DataReport readPreferences(Path file, Consumer<? super Preference> rows)
      throws IOException {
    return read(file, PreferenceShapes::read, rows);
  }

  /**
   * Reads prompts: those of preferences, conversations up to their last question, and any of these
   * rows without an answer.
   *
   * @throws IOException where the file cannot be read; never for what is in it
   */
  public static DataReport readPrompts(Path file, Consumer<? super Prompt> rows)
      throws IOException {
    return read(file, PromptShapes::read, rows);
  }

  /**
   * Reads both: preferences of the lines that compare answers, demonstrations of all others.
   *
   * @throws IOException where the file cannot be read; never for what is in it
   */
  public static DataReport readBoth(
      Path file,
      Consumer<? super Demonstration> demonstrations,
      Consumer<? super Preference> preferences)
      throws IOException {
    return read(
        file,
        (row, id) ->
            PreferenceShapes.fit(row)
                ? PreferenceShapes.read(row, id).stream()
                    .<Runnable>map(each -> () -> preferences.accept(each))
                    .toList()
                : DemonstrationShapes.read(row, id).stream()
                    .<Runnable>map(each -> () -> demonstrations.accept(each))
                    .toList(),
        Runnable::run);
  }

  private static <T> DataReport read(
      Path file, BiFunction<JsonRow, String, List<T>> shapes, Consumer<? super T> rows)
      throws IOException {
    DataReport.Tally tally = new DataReport.Tally(file);
    Set<Long> lines = new HashSet<>();
    Set<Long> ids = new HashSet<>();
    try (Lines source = new Lines(file)) {
      while (source.next()) {
        List<T> read;
        try {
          String line = source.text();
          if (line.isBlank()) {
            continue;
          }
          JsonRow row = JsonRow.parse(line);
          Optional<String> id = id(row);
          read = shapes.apply(row, id.orElse("line " + source.number()));
          if (!lines.add(hash(line.strip()))) {
            tally.repeatedLine();
          } else if (id.isPresent() && !ids.add(hash(id.get()))) {
            tally.repeatedId();
          }
        } catch (RowException e) {
          tally.error(source.number(), e);
          continue;
        }
        for (T each : read) {
          tally.row();
          rows.accept(each);
        }
      }
    }
    return tally.report();
  }

  private static Optional<String> id(JsonRow row) {
    return row.find(ID)
        .filter(JsonNode::isValueNode)
        .map(JsonNode::asText)
        .filter(id -> !id.isBlank());
  }

  /** Millions of lines are remembered by eight bytes each. */
  private static long hash(String text) {
    return Hash.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
