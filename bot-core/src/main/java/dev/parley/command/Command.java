package dev.parley.command;

import dev.parley.platform.CommandDefinition;
import dev.parley.platform.Response;
import java.util.List;
import java.util.Map;

/**
 * One command: what it is called, and what it does when it is typed, when one of its buttons is
 * pressed and when one of its forms comes back. Thread-safe.
 */
interface Command {
  CommandDefinition definition();

  /** Carries the command out; the options are as typed, so each may be missing or wrong. */
  Response run(Asker asker, Map<String, String> options);

  /**
   * Carries out a button of this command.
   *
   * @param words the button's id after the command's name; from outside, so possibly forged
   */
  default Response press(Asker asker, List<String> words) {
    return asker.say("button.old");
  }

  /**
   * Takes a form of this command.
   *
   * @param words the form's id after the command's name
   */
  default Response submit(Asker asker, List<String> words, Map<String, String> values) {
    return asker.say("button.old");
  }
}
