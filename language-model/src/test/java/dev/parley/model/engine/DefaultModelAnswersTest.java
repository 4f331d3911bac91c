package dev.parley.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.model.ChatMessage;
import dev.parley.model.Generation;
import dev.parley.model.GenerationOptions;
import dev.parley.model.Goldens;
import dev.parley.model.Role;
import dev.parley.model.SamplingOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** As people get them: with the usual weights, streamed, all at the same time. */
@Tag("default-model")
class DefaultModelAnswersTest {
  @Test
  void theEightConversationsAreAnsweredLikeTheReference() throws IOException {
    JsonNode goldens = Goldens.json("smollm2/golden.json").get("goldens");
    List<StringBuilder> heard = new ArrayList<>();
    List<Generation> generations = new ArrayList<>();
    try (LocalModel model = LocalModel.load(Goldens.defaultModel(), LocalModelOptions.DEFAULT)) {
      for (JsonNode golden : goldens) {
        StringBuilder text = new StringBuilder();
        heard.add(text);
        generations.add(
            model.generate(
                messages(golden), GenerationOptions.of(64, SamplingOptions.GREEDY), text::append));
      }
      generations.forEach(generation -> generation.result().join());
    }
    assertThat(heard.stream().map(StringBuilder::toString))
        .containsExactlyElementsOf(goldens.findValuesAsText("continuation"));
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
