package dev.parley.format;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import java.text.Bidi;
import java.util.stream.Collectors;

/**
 * What people see of a text of theirs. Within a sentence or a list of Parley's it must not turn,
 * hide or cover what stands beside it: characters that steer the direction of others or show
 * nothing are left out, marks do not pile up, and where letters run from right to left, they do so
 * among themselves.
 *
 * @see <a href="https://www.unicode.org/reports/tr9/">Unicode Bidirectional Algorithm</a>
 */
public final class Visible {
  /** Marks on one letter: no written language has more. */
  private static final int MOST_MARKS = 4;

  private static final char JOINER = '\u200D';
  private static final char NON_JOINER = '\u200C';
  private static final int BLANK_BRAILLE = 0x2800;
  private static final char ISOLATE = '\u2068';
  private static final char POP = '\u2069';

  private Visible() {}

  /** It on one line. */
  public static String line(String text) {
    return shown(text.replaceAll("[\\s\\p{Z}\\p{Cc}]+", " ")).strip();
  }

  /** The same with its own lines, each of them apart from what follows it. */
  public static String lines(String text) {
    return text.lines().map(Visible::kept).map(Visible::isolated).collect(Collectors.joining("\n"));
  }

  /** With its blanks, which may be those of a drawing. */
  private static String kept(String line) {
    return shown(line.replaceAll("[\\p{Zl}\\p{Zp}\\p{Cc}&&[^\t]]", " "));
  }

  /**
   * Keeps what is written from right to left in it from reaching beyond it. What had marks of its
   * own must be without them.
   */
  public static String isolated(String line) {
    return Bidi.requiresBidi(line.toCharArray(), 0, line.length()) ? ISOLATE + line + POP : line;
  }

  private static String shown(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    int marks = 0;
    boolean afterVisible = false;
    for (int i = 0; i < text.length(); ) {
      int each = text.codePointAt(i);
      i += Character.charCount(each);
      if (joins(each)) {
        if (afterVisible) {
          shown.appendCodePoint(each);
        }
        afterVisible = false;
      } else if (isVisible(each)) {
        marks = isMark(each) ? marks + 1 : 0;
        if (marks <= MOST_MARKS) {
          shown.appendCodePoint(isHalf(each) ? '\uFFFD' : each);
          afterVisible = !Character.isWhitespace(each);
        }
      }
    }
    return shown.toString();
  }

  /** What makes one sign of several, as in emojis and Persian; alone it shows nothing. */
  private static boolean joins(int each) {
    return each == JOINER
        || each == NON_JOINER
        || UCharacter.hasBinaryProperty(each, UProperty.VARIATION_SELECTOR);
  }

  private static boolean isVisible(int each) {
    return !UCharacter.hasBinaryProperty(each, UProperty.DEFAULT_IGNORABLE_CODE_POINT)
        && each != BLANK_BRAILLE;
  }

  private static boolean isMark(int each) {
    int type = Character.getType(each);
    return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
  }

  private static boolean isHalf(int each) {
    return Character.getType(each) == Character.SURROGATE;
  }
}
