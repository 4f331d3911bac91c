package dev.parley.model.engine;

import java.util.List;

/** Finds the end of an answer in growing text and holds back what may be the beginning of it. */
final class StopTexts {
  private final List<String> stops;
  private final StringBuilder held = new StringBuilder();
  private boolean found;

  StopTexts(List<String> stops) {
    this.stops = stops;
  }

  /** Whether a stop text appeared; nothing is handed out after it. */
  boolean found() {
    return found;
  }

  /** Adds text and returns what can be handed out. */
  String add(String text) {
    held.append(text);
    int end = -1;
    for (String stop : stops) {
      int at = held.indexOf(stop);
      if (at >= 0 && (end < 0 || at < end)) {
        end = at;
      }
    }
    found = end >= 0;
    return take(found ? end : held.length() - longestBeginning());
  }

  /** Returns what was held back: no stop text came of it. */
  String finish() {
    return take(held.length());
  }

  private String take(int length) {
    String text = held.substring(0, length);
    held.delete(0, found ? held.length() : length);
    return text;
  }

  /** The longest end of the text that a stop text begins with. */
  private int longestBeginning() {
    int longest = 0;
    for (String stop : stops) {
      for (int length = Math.min(stop.length() - 1, held.length()); length > longest; length--) {
        if (held.substring(held.length() - length).equals(stop.substring(0, length))) {
          longest = length;
        }
      }
    }
    return longest;
  }
}
