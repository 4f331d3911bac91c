package dev.parley.model.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.model.ChatMessage;
import dev.parley.model.Goldens;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where jinjava is not Jinja2, templates are rendered as Jinja2 does. */
class JinjaTest {
  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("goldens")
  void aTemplateIsRenderedAsJinja2Does(String rule, String template, String rendered) {
    ChatTemplate chat = ChatTemplate.of(template, Map.of());

    assertThat(chat.render(List.of(ChatMessage.user("Hi")), true)).as(rule).isEqualTo(rendered);
  }

  private static Stream<Arguments> goldens() {
    return Goldens.json("template/jinja.json")
        .get("cases")
        .valueStream()
        .map(
            golden ->
                Arguments.of(
                    text(golden, "rule"), text(golden, "template"), text(golden, "rendered")));
  }

  private static String text(JsonNode golden, String name) {
    return golden.get(name).asText();
  }
}
