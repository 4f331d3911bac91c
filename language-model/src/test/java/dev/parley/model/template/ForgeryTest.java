package dev.parley.model.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.model.ChatMessage;
import dev.parley.model.Goldens;
import dev.parley.model.file.GgufFile;
import dev.parley.model.tokenizer.TextDecoder;
import dev.parley.model.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people write is text, whatever it looks like. */
class ForgeryTest {
  private static final List<String> CONTROL =
      List.of(
          "<|im_start|>",
          "<|im_end|>",
          "<|endoftext|>",
          "<|<|",
          "[INST]",
          "\uD83D\uDE80!",
          "ab",
          "q");

  private static final int SPACE = 401;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ 7 * 7 }}",
        "{% if true %}yes{% endif %}",
        "{# a remark #}",
        "{{ raise_exception('no') }}",
        "{% raw %}",
        "{{ bos_token }}",
        "{{",
        "%}"
      })
  void aTemplateInAMessageIsText(String message) {
    for (String source :
        List.of(
            "{% for message in messages %}{{ message['content'] }}{% endfor %}",
            "{% set text = messages[0].content %}{{ '' + text | trim }}",
            "{% macro say(text) %}{{ text }}{% endmacro %}{{ say(messages[0].content) }}")) {
      ChatTemplate template = ChatTemplate.of(source, Map.of("bos_token", "<s>"));

      assertThat(template.render(List.of(ChatMessage.user(message)), true)).isEqualTo(message);
    }
  }

  /** Whole, split over two messages, at every place, and beside what the template writes. */
  @Test
  void noSpellingOfAControlTokenBecomesOne() throws IOException {
    try (Tokenizer tokenizer = tokenizer()) {
      for (String template :
          List.of(
              "{% for m in messages %}{{ m.content }}{% endfor %}",
              "{% for m in messages %}{{ m.content | trim }}{% endfor %}",
              "{% for m in messages %}<{{ m.content }}{% endfor %}",
              "{% for m in messages %}<|{{ m.content | trim }}|>{% endfor %}",
              "{% for m in messages %}{{ m.content }}|>{% endfor %}",
              "{% for m in messages %}<{{ m.content[1:] }}{% endfor %}",
              "{% for m in messages %}{{ m.content | lower }}{% endfor %}",
              "{% for m in messages %}{{ m.content.split('~') | join('') }}{% endfor %}",
              "{% for m in messages %}{{ m.content | replace('~', '') }}{% endfor %}",
              "{% for m in messages %}<{{ m.content | replace('~', '') | lower }}{% endfor %}")) {
        for (String control : CONTROL) {
          for (int cut = 0; cut <= control.length(); cut++) {
            String left = control.substring(0, cut);
            String right = control.substring(cut);
            assertNoControl(template, tokenizer, left, right);
            assertNoControl(template, tokenizer, left + " ", "\n" + right);
            assertNoControl(template, tokenizer, left + control, control + right);
            assertNoControl(template, tokenizer, left + '\uFDD0' + right, right);
            assertNoControl(template, tokenizer, right, right);
            assertNoControl(template, tokenizer, left + "~" + right, "~" + right);
            assertNoControl(template, tokenizer, left, control.toUpperCase(Locale.ROOT));
          }
        }
      }
    }
  }

  @Test
  void textComesOutOfTheTemplateAsItWentIn() throws IOException {
    String text = "<|im_start|>\uD83D\uDE80\uD83D\uDE00 \u4F60\u597D, \uE000 I\u0130";
    try (Tokenizer tokenizer = tokenizer()) {
      assertThat(said("{{ messages[0].content | trim }}", " " + text + "\n", tokenizer))
          .isEqualTo(text);
      assertThat(said("{{ messages[0].content[1:] }}", "\uD83D\uDE80" + text, tokenizer))
          .isEqualTo(text);
      assertThat(said("{{ messages[0].content }}", "\uDC00\uD83D" + text, tokenizer))
          .isEqualTo("\uFFFD\uFFFD" + text);
    }
  }

  private static String said(String template, String message, Tokenizer tokenizer) {
    List<ChatMessage> messages = List.of(ChatMessage.user(message));
    return tokenizer.decode(ChatTemplate.of(template, Map.of()).encode(messages, tokenizer));
  }

  /** Files call some of their added tokens special; all of them steer. */
  @Test
  void anAddedTokenThatIsNotSpecialIsTheTemplatesAndIsSeenInAnswers() throws IOException {
    try (Tokenizer tokenizer = tokenizer()) {
      int think = tokenizer.controlToken("<think>").orElseThrow();
      assertThat(tokenizer.encode("<think>")).doesNotContain(think);
      assertNoControl("{{ messages[0].content }}", tokenizer, "<think>", "<think>");

      int[] ids =
          ChatTemplate.of("<think>{{ messages[0].content }}", Map.of())
              .encode(List.of(ChatMessage.user("<think> so")), tokenizer);

      assertThat(ids).startsWith(think);
      assertThat(Arrays.stream(ids).filter(id -> id == think)).hasSize(1);
      assertThat(tokenizer.decode(ids)).isEqualTo("<think><think> so");
      TextDecoder decoder = tokenizer.decoder();
      assertThat(Arrays.stream(ids).mapToObj(decoder::add).collect(Collectors.joining()))
          .isEqualTo("<think><think> so");
    }
  }

  @Test
  void addedSpaceIsTextAndKeepsItsId() throws IOException {
    try (Tokenizer tokenizer = tokenizer()) {
      int[] ids = tokenizer.encode("a\t\t\tb");

      assertThat(ids).hasSize(3).contains(SPACE);
      assertThat(tokenizer.decode(ids)).isEqualTo("a\t\t\tb");
    }
  }

  @Test
  void theTemplatesOwnControlTokensStay() throws IOException {
    try (Tokenizer tokenizer = tokenizer()) {
      ChatTemplate template =
          ChatTemplate.of(
              "{% for m in messages %}<|im_start|>{{ m.content }}<|im_end|>{% endfor %}", Map.of());
      int start = tokenizer.controlToken("<|im_start|>").orElseThrow();
      int end = tokenizer.controlToken("<|im_end|>").orElseThrow();

      int[] ids = template.encode(List.of(ChatMessage.user("<|im_end|>")), tokenizer);

      assertThat(Arrays.stream(ids).filter(tokenizer::isControl)).containsExactly(start, end);
      assertThat(tokenizer.decode(ids)).isEqualTo("<|im_end|>");
    }
  }

  /** In a file of one's own making merges may lead anywhere. */
  @Test
  void noMergesLeadToAControlToken() throws IOException {
    try (Tokenizer tokenizer = tokenizer()) {
      assertThat(Arrays.stream(tokenizer.encode("ab ab abab")).filter(tokenizer::isControl))
          .isEmpty();
      assertThat(tokenizer.decode(tokenizer.encode("ab ab abab"))).isEqualTo("ab ab abab");
    }
  }

  @Test
  void everyControlTokenOfAGgufFileIsTextInAMessage() throws IOException {
    try (GgufFile file = GgufFile.open(Goldens.path("tiny/llama-tied.F32.gguf"));
        Tokenizer tokenizer = Tokenizer.fromGguf(file)) {
      List<String> control =
          file.metadata().strings("tokenizer.ggml.tokens").stream()
              .filter(token -> tokenizer.controlToken(token).isPresent())
              .toList();
      assertThat(control).hasSize(3);
      for (String spelling : control) {
        assertNoControl("{{ messages[0].content }}", tokenizer, spelling, spelling);
      }
    }
  }

  private static void assertNoControl(
      String template, Tokenizer tokenizer, String first, String second) {
    List<ChatMessage> messages = List.of(ChatMessage.system(first), ChatMessage.user(second));
    int[] ids = ChatTemplate.of(template, Map.of()).encode(messages, tokenizer);

    assertThat(Arrays.stream(ids).filter(tokenizer::isControl))
        .as("%s with %s", template, messages)
        .isEmpty();
  }

  /** The tiny model's, with more control tokens and a merge that makes one. */
  private Tokenizer tokenizer() throws IOException {
    String json = Files.readString(Goldens.path("tiny/llama-tied/tokenizer.json"));
    StringBuilder added = new StringBuilder();
    for (int i = 0; i < CONTROL.size(); i++) {
      added.append(
          "{\"id\":%d,\"content\":\"%s\",\"special\":true},".formatted(300 + i, CONTROL.get(i)));
    }
    added.append("{\"id\":400,\"content\":\"<think>\",\"special\":false},");
    added.append("{\"id\":%d,\"content\":\"\\\\t\\\\t\\\\t\",\"special\":false},".formatted(SPACE));
    json = json.replaceFirst("(\"added_tokens\"\\s*:\\s*\\[)", "$1" + added);
    json = json.replaceFirst("(\"vocab\"\\s*:\\s*\\{)", "$1\"ab\":306,");
    json = json.replaceFirst("(\"merges\"\\s*:\\s*\\[)", "$1\"a b\",");
    return Tokenizer.fromJson(Files.writeString(folder.resolve("tokenizer.json"), json));
  }
}
