package dev.parley.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What is said around an answer, but is no part of it: shown, never stored nor read by the model.
 *
 * @param before shown above the answer
 * @param after shown below it
 */
record Notes(List<String> before, List<String> after) {
  static Notes none() {
    return new Notes(List.of(), List.of());
  }

  Notes after(String note) {
    return new Notes(before, with(after, note));
  }

  /** A second try of the same reply says nothing twice. */
  Notes alsoBefore(String note) {
    return before.contains(note) ? this : new Notes(with(before, note), after);
  }

  Notes alsoBefore(List<String> more) {
    Notes all = this;
    for (String note : more) {
      all = all.alsoBefore(note);
    }
    return all;
  }

  /** A second look at the same answer says nothing twice. */
  Notes alsoAfter(String note) {
    return after.contains(note) ? this : after(note);
  }

  /** Those that could not be said apart. */
  Notes without(Predicate<String> said) {
    return new Notes(
        before.stream().filter(said.negate()).toList(),
        after.stream().filter(said.negate()).toList());
  }

  String around(String answer) {
    StringBuilder all = new StringBuilder();
    before.forEach(note -> all.append('_').append(note).append("_\n\n"));
    all.append(answer);
    after.forEach(note -> all.append("\n\n_").append(note).append('_'));
    return all.toString();
  }

  private static List<String> with(List<String> notes, String note) {
    List<String> more = new ArrayList<>(notes);
    more.add(note);
    return List.copyOf(more);
  }
}
