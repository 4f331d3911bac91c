package dev.parley.background;

import dev.parley.language.Excerpt;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes a title of what a model said. */
final class Title {
  private static final int LONGEST = 60;

  /** Whoever says more did not say a title. */
  private static final int LONGEST_SAID = 120;

  private static final Pattern LABEL =
      Pattern.compile("^(title|標題|标题|題目|题目)\\s*[:：]\\s*", Pattern.CASE_INSENSITIVE);
  private static final Pattern MARKUP = Pattern.compile("[*_`#~>|\\[\\]{}<]+");
  private static final Pattern EDGES =
      Pattern.compile("^[\\s\"'“”‘’„«»「」『』《》\\-–—•.。:：]+|[\\s\"'“”‘’„«»「」『』《》.。:：,，]+$");

  private Title() {}

  /** One clean line; empty where it is no title. */
  static Optional<String> of(String said) {
    return said.lines()
        .map(Title::clean)
        .filter(line -> !line.isEmpty())
        .findFirst()
        .filter(line -> line.length() <= LONGEST_SAID)
        .filter(line -> line.codePoints().anyMatch(Character::isLetterOrDigit))
        .map(line -> Excerpt.of(line, LONGEST));
  }

  /** The beginning of a question. */
  static String ofQuestion(String question) {
    return Excerpt.of(question, LONGEST);
  }

  private static String clean(String line) {
    String plain = MARKUP.matcher(line).replaceAll(" ").replaceAll("[\\p{Cntrl}\\s]+", " ");
    String inside = EDGES.matcher(plain).replaceAll("");
    return EDGES.matcher(LABEL.matcher(inside).replaceFirst("")).replaceAll("");
  }
}
