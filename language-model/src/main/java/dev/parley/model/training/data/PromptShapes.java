package dev.parley.model.training.data;

import dev.parley.model.ChatMessage;
import dev.parley.model.Role;
import java.util.List;

/** The shapes of rows that prompts come in: those of the other rows, whose answers do not count. */
final class PromptShapes {
  private PromptShapes() {}

  static List<Prompt> read(JsonRow row, String id) {
    if (PreferenceShapes.isOne(row)) {
      return List.of(new Prompt(id, PreferenceShapes.read(row, id).getFirst().prompt()));
    }
    List<ChatMessage> messages =
        PreferenceShapes.prompt(row)
            .orElseThrow(() -> row.missing(List.of("prompt", "messages", "conversations")));
    boolean answered = !messages.isEmpty() && messages.getLast().role() == Role.ASSISTANT;
    return List.of(new Prompt(id, answered ? messages.subList(0, messages.size() - 1) : messages));
  }
}
