package dev.parley.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GramsTest {
  @Test
  void chineseIsCountedByOneAndTwoCharacters() {
    assertThat(Grams.CHARACTERS.count("好不好？"))
        .isEqualTo(Map.of("好", 2, "不", 1, "？", 1, "好不", 1, "不好", 1, "好？", 1));
    assertThat(Grams.WORDS.count("好不")).isEqualTo(Map.of("好", 1, "不", 1, "好不", 1));
  }

  @Test
  void wordsAreCountedByTwoToFiveCharacters() {
    assertThat(Grams.CHARACTERS.count("Oh"))
        .isEqualTo(Map.of(" o", 1, "oh", 1, "h ", 1, " oh", 1, "oh ", 1, " oh ", 1));
  }

  @Test
  void signsBesideAWordAreNoPartOfIt() {
    assertThat(Grams.CHARACTERS.count("(it's 5%)"))
        .isEqualTo(Grams.CHARACTERS.count("( it's 5 %)"));
    assertThat(Grams.CHARACTERS.count("a?")).containsKeys(" a ", " ? ");
  }

  @Test
  void wordsNumbersAndSignsAreApart() {
    assertThat(Grams.WORDS.count("It's 12:30, it's"))
        .isEqualTo(Map.of("it", 2, "'", 2, "s", 2, "12", 1, ":", 1, "30", 1, ",", 1));
  }

  @Test
  void languagesInOneWordAreApart() {
    assertThat(Grams.WORDS.count("用Java寫")).isEqualTo(Map.of("用", 1, "java", 1, "寫", 1));
  }

  @Test
  void charactersOutsideTheFirstPlaneAreWhole() {
    assertThat(Grams.WORDS.count("😀𠮷")).isEqualTo(Map.of("😀", 1, "𠮷", 1));
    assertThat(Grams.WORDS.count("\uD83D")).isEqualTo(Map.of("\uFFFD", 1));
  }
}
