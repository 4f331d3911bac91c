package dev.parley.command;

import dev.parley.platform.Response;
import java.util.List;
import java.util.Map;

/** What buttons and forms with a certain first word in their ids do. Thread-safe. */
interface ButtonHandler {
  /**
   * Carries out a button.
   *
   * @param words the button's id after its first word; from outside, so possibly forged
   */
  default Response press(Asker asker, List<String> words) {
    return asker.say("button.old");
  }

  /**
   * Takes a form.
   *
   * @param words the form's id after its first word
   */
  default Response submit(Asker asker, List<String> words, Map<String, String> values) {
    return asker.say("button.old");
  }
}
