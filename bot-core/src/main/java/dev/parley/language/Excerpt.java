package dev.parley.language;

import com.ibm.icu.text.BreakIterator;
import dev.parley.format.Visible;
import java.util.Locale;

/** The beginning of a text on one line, without what nobody sees. */
public final class Excerpt {
  private Excerpt() {}

  /** At most so many UTF-16 units and an ellipsis, cut between characters as people see them. */
  public static String of(String text, int length) {
    String line = Visible.line(text);
    if (line.length() <= length) {
      return line;
    }
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText(line);
    return line.substring(0, characters.preceding(length + 1)).strip() + "…";
  }
}
