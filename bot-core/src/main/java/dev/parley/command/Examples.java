package dev.parley.command;

import dev.parley.platform.Button;
import java.util.List;

/** Three things to try; pressing one asks it, see {@link AskCommand}. */
final class Examples {
  private static final List<String> NAMES = List.of("idea", "message", "quiz");

  private Examples() {}

  /** One in a row: on a phone their words need the width. */
  static List<List<Button>> buttons(Asker asker) {
    return NAMES.stream()
        .map(name -> List.of(asker.button("start.example." + name, "ask", name)))
        .toList();
  }

  /** What is asked; empty where there is no such example. */
  static String question(Asker asker, String name) {
    return NAMES.contains(name) ? asker.texts().say("start.question." + name) : "";
  }
}
