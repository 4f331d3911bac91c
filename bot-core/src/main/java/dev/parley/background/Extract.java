package dev.parley.background;

import dev.parley.conversation.Beginning;
import dev.parley.conversation.Message;
import dev.parley.language.Excerpt;
import dev.parley.model.ChatMessage;
import dev.parley.model.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** Stands for a summary where the model cannot write one: the beginnings of what people asked. */
final class Extract {
  private static final int LINE = 100;

  private Extract() {}

  /** As much as fits: what the summary before held, then the questions; the oldest leave first. */
  static String of(Beginning beginning, ToIntFunction<List<ChatMessage>> tokens, int most) {
    List<String> lines = new ArrayList<>();
    beginning.earlier().ifPresent(earlier -> earlier.lines().forEach(lines::add));
    for (Message message : beginning.messages()) {
      if (message.role() == Role.USER) {
        lines.add(Excerpt.of(message.text(), LINE));
      }
    }
    while (lines.size() > 1 && tokens.applyAsInt(List.of(asMessage(lines))) > most) {
      lines.removeFirst();
    }
    return String.join("\n", lines);
  }

  private static ChatMessage asMessage(List<String> lines) {
    return ChatMessage.system(String.join("\n", lines));
  }
}
