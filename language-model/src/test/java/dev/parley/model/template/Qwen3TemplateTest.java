package dev.parley.model.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.model.ChatMessage;
import dev.parley.model.Goldens;
import dev.parley.model.Role;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Of all published templates the one that uses most of Jinja. */
class Qwen3TemplateTest {
  private static final JsonNode GOLDENS = Goldens.json("template/qwen3.json");

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void aConversationIsRenderedAsJinja2Does(String name, JsonNode golden) {
    Map<String, Object> variables =
        new ObjectMapper().convertValue(golden.get("variables"), new TypeReference<>() {});
    ChatTemplate template = ChatTemplate.of(GOLDENS.get("template").asText(), variables);
    boolean prompt = golden.get("add_generation_prompt").asBoolean();

    assertThat(template.render(messages(golden), prompt))
        .as(name)
        .isEqualTo(golden.get("rendered").asText());
  }

  private static Stream<Arguments> cases() {
    return GOLDENS
        .get("cases")
        .valueStream()
        .map(golden -> Arguments.of(golden.get("name").asText(), golden));
  }

  private static List<ChatMessage> messages(JsonNode golden) {
    return golden.get("messages").valueStream().map(Qwen3TemplateTest::message).toList();
  }

  private static ChatMessage message(JsonNode message) {
    Role role = Role.valueOf(message.get("role").asText().toUpperCase(Locale.ROOT));
    return new ChatMessage(role, message.get("content").asText());
  }
}
