package dev.parley.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.moderation.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrowingTextTest {
  private static final Pattern WORD = Pattern.compile("[^ .]+");

  private final List<String> judged = new ArrayList<>();
  private final GrowingText text =
      new GrowingText(
          judge -> {
            judged.add(judge);
            return Optional.<Finding>empty();
          },
          true);

  /** Half a word may be another, as in "class". */
  @ParameterizedTest
  @ValueSource(strings = {"The middle class is here. ", "classclass ", "A class, a class? "})
  void whatIsJudgedHasWholeWordsAlone(String sentence) {
    String all = sentence.repeat(100);
    List<String> words = WORD.matcher(sentence).results().map(found -> found.group()).toList();

    all.chars().forEach(letter -> text.add(Character.toString(letter)));

    assertThat(judged).isNotEmpty();
    assertThat(judged)
        .allSatisfy(
            piece ->
                assertThat(WORD.matcher(piece).results().map(found -> found.group()))
                    .isSubsetOf(words));
  }

  /** Nobody waits for the end of what has no end. */
  @Test
  void aWordWithoutAnEndIsGivenOutToo() {
    StringBuilder given = new StringBuilder();

    for (int i = 0; i < 1_000; i++) {
      given.append(text.add("a"));
    }

    assertThat(given.length()).isBetween(600, 1_000);
  }
}
