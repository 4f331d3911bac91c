package dev.parley.moderation;

import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.Transliterator;
import java.util.regex.Pattern;

/**
 * A text as it sounds: without what hides a word from a list, such as full-width letters, invisible
 * characters and heaps of marks, and with simplified Chinese characters only.
 */
final class Normalization {
  private static final Normalizer2 COMPATIBLE = Normalizer2.getNFKCCasefoldInstance();

  /** Cf, and whatever else is drawn as nothing. */
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}\\x{34F}\\x{FE00}-\\x{FE0F}]+");

  private static final Pattern MARKS = Pattern.compile("\\p{M}{2,}");

  private Normalization() {}

  static String of(String text) {
    String visible = MARKS.matcher(INVISIBLE.matcher(text).replaceAll("")).replaceAll("");
    return Simplified.CHARACTERS.transliterate(COMPATIBLE.normalize(visible));
  }

  /** Made when it is needed first: that takes a moment. */
  private static final class Simplified {
    static final Transliterator CHARACTERS = Transliterator.getInstance("Traditional-Simplified");
  }
}
