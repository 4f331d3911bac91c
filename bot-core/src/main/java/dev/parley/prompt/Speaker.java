package dev.parley.prompt;

import com.ibm.icu.text.Normalizer2;
import dev.parley.format.Visible;
import dev.parley.language.Excerpt;
import java.util.Locale;
import java.util.Set;

/** A person's name before what they say: data, which must not pass for anything else. */
public final class Speaker {
  /** Who speaks in prompts beside people. */
  private static final Set<String> ROLES = Set.of("assistant", "system", "user", "person", "model");

  /** UTF-16 units; no platform has longer ones that a person chose. */
  private static final int LONGEST = 130;

  private Speaker() {}

  /**
   * The name on one line, without what would end it and begin another speaker's words or a role's.
   */
  public static String of(String name) {
    String line = Excerpt.of(name.replace(':', ' ').replace('：', ' '), LONGEST);
    if (line.isEmpty()) {
      return "Somebody";
    }
    return ROLES.contains(letters(line)) ? line + " (a person)" : line;
  }

  /** What of it makes a word, in whatever variants of its letters. */
  private static String letters(String line) {
    return Normalizer2.getNFKCCasefoldInstance()
        .normalize(Visible.line(line))
        .replaceAll("[^\\p{L}]", "")
        .toLowerCase(Locale.ROOT);
  }
}
