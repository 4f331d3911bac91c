package dev.parley.model.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.model.ChatMessage;
import dev.parley.model.Goldens;
import dev.parley.model.Role;
import dev.parley.model.file.GgufFile;
import dev.parley.model.tokenizer.TextDecoder;
import dev.parley.model.tokenizer.Tokenizer;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What becomes of texts and chats is what transformers makes of them, and llama.cpp too, but that
 * people's text names no control token.
 */
@Tag("default-model")
class DefaultModelTextTest {
  private static Tokenizer tokenizer;
  private static ChatTemplate template;

  @BeforeAll
  static void read() throws IOException {
    try (GgufFile file = GgufFile.open(Goldens.defaultModel())) {
      tokenizer = Tokenizer.fromGguf(file);
      String source = file.metadata().requireString("tokenizer.chat_template");
      template = ChatTemplate.of(source, Map.of("bos_token", "", "eos_token", ""));
    }
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  @Test
  void textBecomesTheReferencesIds() {
    List<JsonNode> cases = texts().toList();
    assertThat(cases).hasSize(63);
    for (JsonNode golden : cases) {
      String text = golden.get("text").asText();

      assertThat(tokenizer.encode(text))
          .as(text)
          .containsExactly(Goldens.ints(golden.get("ids_control_as_text")));
      assertThat(tokenizer.encodeWithControl(text))
          .as(text)
          .containsExactly(Goldens.ints(golden.get("ids")));
    }
  }

  @Test
  void idsBecomeTheTextAgainAtOnceAndOneByOne() {
    texts()
        .forEach(
            golden -> {
              String text = golden.get("text").asText();
              int[] ids = Goldens.ints(golden.get("ids_control_as_text"));

              assertThat(tokenizer.decode(ids)).isEqualTo(text);
              assertThat(streamed(ids)).isEqualTo(text);
            });
  }

  @Test
  void chatsBecomeTheReferencesText() {
    List<JsonNode> cases = chats().toList();
    assertThat(cases).hasSize(22); // of 24: there is no tool among our roles
    for (JsonNode golden : cases) {
      String rendered =
          template.render(messages(golden), golden.get("add_generation_prompt").asBoolean());

      assertThat(rendered).isEqualTo(golden.get("text").asText());
      assertThat(tokenizer.encodeWithControl(rendered))
          .containsExactly(Goldens.ints(golden.get("ids")));
    }
  }

  /** Prompts for an answer; a last message of the assistant's own is continued instead. */
  @Test
  void promptsHaveControlTokensFromTheTemplateAlone() {
    List<JsonNode> cases =
        chats()
            .filter(golden -> golden.get("add_generation_prompt").asBoolean())
            .filter(golden -> messages(golden).getLast().role() != Role.ASSISTANT)
            .toList();
    assertThat(cases).hasSize(10);
    for (JsonNode golden : cases) {
      assertThat(template.encode(messages(golden), tokenizer))
          .containsExactly(Goldens.ints(golden.get("safe_ids")));
    }
  }

  @Test
  void theEightConversationsBecomeTheReferencesPrompts() {
    JsonNode goldens = Goldens.json("smollm2/golden.json").get("goldens");
    assertThat(goldens).hasSize(8);
    for (JsonNode golden : goldens) {
      assertThat(template.encode(messages(golden), tokenizer))
          .containsExactly(Goldens.ints(golden.get("prompt_ids")));
    }
  }

  private static String streamed(int[] ids) {
    TextDecoder decoder = tokenizer.decoder();
    StringBuilder text = new StringBuilder();
    Arrays.stream(ids).forEach(id -> text.append(decoder.add(id)));
    return text.append(decoder.finish()).toString();
  }

  private static Stream<JsonNode> texts() {
    return Goldens.json("smollm2/tokenizer-golden.json").get("cases").valueStream();
  }

  private static Stream<JsonNode> chats() {
    return Goldens.json("smollm2/tokenizer-golden.json")
        .get("chat_template")
        .get("cases")
        .valueStream()
        .filter(golden -> !golden.get("messages").findValuesAsText("role").contains("tool"));
  }

  private static List<ChatMessage> messages(JsonNode golden) {
    return golden
        .get("messages")
        .valueStream()
        .map(
            message ->
                new ChatMessage(
                    Role.valueOf(message.get("role").asText().toUpperCase(Locale.ROOT)),
                    message.get("content").asText()))
        .toList();
  }
}
