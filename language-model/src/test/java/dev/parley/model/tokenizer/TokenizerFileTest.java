package dev.parley.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.model.Goldens;
import dev.parley.model.file.ModelFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each fault of a tokenizer.json is one sentence. */
class TokenizerFileTest {
  private static final String WHOLE =
      new String(Goldens.bytes("tiny/llama-tied/tokenizer.json"), StandardCharsets.UTF_8);

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "<s>": 1,             | "<s>": -1,                | model.vocab: expected ids from 0 to
          "<s>": 1,             | "<s>": 4294967296,        | model.vocab: expected ids from 0 to
          "<s>": 1,             | "<s>": "one",             | model.vocab: expected ids from 0 to
          "<s>": 1,             | "<s>": 1, "<s>": 1,       | JSON: expected JSON, found a fault (Dupl
          "id": 1,              | "id": -1,                 | added_tokens: expected ids from 0 to
          "merges":             | "merged":                 | model: expected vocab and merges
          "vocab":              | "vocabulary":             | model: expected vocab and merges
          "Ġ t"                 | "Ġ none"                  | vocabulary: expected one that the tok
          "Ġ t"                 | "Ġ \\ud800"               | vocabulary: expected Unicode text, fo
          "type": "BPE"         | "type": "Unigram"         | vocabulary: expected one that the tok
          """)
  void aFaultIsOneSentence(String part, String fault, String sentence) {
    assertThat(WHOLE).contains(part);

    assertRefused(
        WHOLE.replaceFirst(Pattern.quote(part), Matcher.quoteReplacement(fault)), sentence);
  }

  @Test
  void aDecoderThatWouldEndTheProcessIsRefused() {
    String strip =
        "\"decoder\": {\"type\": \"Strip\", \"content\": \" \", \"start\": 1, \"stop\": 1},"
            + " \"was\":";

    assertRefused(
        WHOLE.replaceFirst("\"decoder\":", strip),
        "decoder: expected nothing stripped from the end, found 1");
  }

  @Test
  void aNormalizerThatWouldEndTheProcessIsRefused() {
    String prepend = "\"normalizer\": {\"type\": \"Prepend\", \"prepend\": \"\"}, \"was\":";

    assertRefused(
        WHOLE.replaceFirst("\"pre_tokenizer\":", prepend),
        "normalizer: expected a text to prepend, found none");
  }

  @Test
  void whatIsNoJsonIsOneSentence() {
    assertRefused("", "JSON: expected a JSON object");
    assertRefused("[]", "JSON: expected a JSON object");
    assertRefused(WHOLE.substring(0, WHOLE.length() / 2), "JSON: expected JSON");
    assertRefused("{\"a\":".repeat(50_000), "JSON: expected JSON, found a fault (Document nesting");
  }

  @Test
  void aControlTokenWithoutASpellingIsNone() throws IOException {
    String nameless = WHOLE.replaceFirst("\"content\": \"<s>\"", "\"content\": \"\"");

    try (Tokenizer tokenizer = Tokenizer.fromJson(write(nameless))) {
      assertThat(tokenizer.controlToken("")).isEmpty();
      assertThat(tokenizer.controlTokensIn("any text").find()).isFalse();
    }
  }

  private void assertRefused(String json, String sentence) {
    assertThatThrownBy(() -> Tokenizer.fromJson(write(json)).close())
        .isInstanceOf(ModelFormatException.class)
        .message()
        .startsWith("tokenizer.json: " + sentence)
        .doesNotContain("\n");
  }

  private Path write(String json) throws IOException {
    return Files.writeString(folder.resolve("tokenizer.json"), json);
  }
}
