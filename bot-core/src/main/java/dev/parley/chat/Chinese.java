package dev.parley.chat;

import java.lang.Character.UnicodeScript;

/** Tells a Chinese question from others. */
final class Chinese {
  private Chinese() {}

  /** Whether most letters of a text are Chinese characters, and none is Japanese or Korean. */
  static boolean is(String text) {
    long letters = text.codePoints().filter(Character::isLetter).count();
    long han = count(text, UnicodeScript.HAN);
    long others =
        count(text, UnicodeScript.HIRAGANA)
            + count(text, UnicodeScript.KATAKANA)
            + count(text, UnicodeScript.HANGUL);
    return others == 0 && 2 * han > letters;
  }

  private static long count(String text, UnicodeScript script) {
    return text.codePoints().filter(c -> UnicodeScript.of(c) == script).count();
  }
}
