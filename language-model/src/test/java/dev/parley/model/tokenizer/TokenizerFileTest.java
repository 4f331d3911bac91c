package dev.parley.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.model.Goldens;
import dev.parley.model.file.ModelFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
          "type": "BPE"         | "type": "Unigram"         | model.type: expected BPE, found Unigr
          """)
  void aFaultIsOneSentence(String part, String fault, String sentence) {
    assertThat(WHOLE).contains(part);

    assertRefused(
        WHOLE.replaceFirst(Pattern.quote(part), Matcher.quoteReplacement(fault)), sentence);
  }

  /** Nearly all of these end the process in the library, when loaded or with the right text. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      textBlock =
          """
          decoder; {"type": "Strip", "content": " ", "start": 1, "stop": 1}; nothing stripped from
          decoder; {"type": "CTC", "pad_token": "", "cleanup": true}; one of ByteFallback, ByteLev
          decoder; {"type": "Sequence", "decoders": [{"type": "Strip"}]}; nothing stripped from
          decoder; {"content": " ", "start": 1, "stop": 0}; one of ByteFallback, ByteLevel, Fuse
          normalizer; {"type": "Prepend", "prepend": ""}; a text to prepend or replace, found none
          normalizer; {"type": "Precompiled", "precompiled_charsmap": "AAAA"}; one of Lowercase, NF
          normalizer; {"type": "Replace", "pattern": {"String": ""}, "content": "x"}; a text to prep
          normalizer; {"type": "Replace", "pattern": {"Regex": "a*"}, "content": "x"}; a text to pre
          normalizer; {"type": "Sequence", "normalizers": [{"type": "Prepend"}]}; a text to prepend
          pre_tokenizer; {"type": "FixedLength", "length": 0}; one of ByteLevel, Digits, Metaspace
          pre_tokenizer; {"type": "Split", "pattern": {"Regex": "(x+)+b"}}; a pattern without groups
          pre_tokenizer; {"type": "Split", "pattern": {"Regex": "x*x*[bc]d"}}; a pattern without gro
          pre_tokenizer; {"type": "Split", "pattern": {"Regex": "a\\\\g<0>b"}}; a pattern without g
          """)
  void aComponentThatMayEndTheProcessIsRefused(String field, String component, String expected)
      throws IOException {
    assertRefused(with(field, component), field + ": expected " + expected);
  }

  @Test
  void piecesThatTheLibraryMisreadsAreRefused() {
    assertRefused(
        WHOLE.replaceFirst("\"merges\":", "\"continuing_subword_prefix\": \"##\", \"merges\":"),
        "model.continuing_subword_prefix: expected none, found \"##\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\\\s?\\\\p{L}+",
        "[0-9][0-9][0-9]",
        "[\\r\\n]",
        "\\\\d{1,3}|[\u4e00-\u9fa5]+",
        "x*|y?z+"
      })
  void plainPatternsSplitText(String pattern) throws IOException {
    String json =
        with(
            "pre_tokenizer",
            """
            {"type": "Sequence", "pretokenizers": [
              {"type": "Split", "pattern": {"Regex": "%s"}, "behavior": "Isolated",
               "invert": false},
              {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true,
               "use_regex": false}]}
            """
                .formatted(pattern));

    try (Tokenizer tokenizer = Tokenizer.fromJson(write(json))) {
      String text = "The tides 12345 \r\n\u4f60\u597d " + "x".repeat(50_000);
      assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
    }
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

  @Test
  void plainTextBeginsAsThePostProcessorSays() throws IOException {
    String processor =
        """
        {"type": "Sequence", "processors": [
          {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": false, "use_regex": true},
          {"type": "TemplateProcessing",
           "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}},
                      {"Sequence": {"id": "A", "type_id": 0}}],
           "pair": [], "special_tokens": {}}]}
        """;
    try (Tokenizer with = Tokenizer.fromJson(write(with("post_processor", processor)));
        Tokenizer without = Tokenizer.fromJson(write(WHOLE))) {
      assertThat(with.startToken()).hasValue(1);
      assertThat(without.startToken()).isEmpty();
    }
  }

  @Test
  void closingWaitsForThoseWhoUseItAndRefusesThoseWhoComeLater() throws Exception {
    String text = "The tides rise. ".repeat(1_000);
    Tokenizer tokenizer = Tokenizer.fromJson(write(WHOLE));
    int[] expected = tokenizer.encode(text);
    CountDownLatch busy = new CountDownLatch(2);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Callable<Void> work =
          () -> {
            while (true) {
              assertThat(tokenizer.encode(text)).containsExactly(expected);
              busy.countDown();
            }
          };
      List<Future<Void>> ends = List.of(threads.submit(work), threads.submit(work));
      busy.await();

      tokenizer.close();

      for (Future<Void> end : ends) {
        assertThatThrownBy(end::get)
            .cause()
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("The tokenizer is closed.");
      }
    }
    tokenizer.close();
    assertThatThrownBy(() -> tokenizer.decode(expected)).isInstanceOf(IllegalStateException.class);
  }

  /** The whole one with another component. */
  private static String with(String field, String component) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode json = (ObjectNode) mapper.readTree(WHOLE);
    json.set(field, mapper.readTree(component));
    return mapper.writeValueAsString(json);
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
