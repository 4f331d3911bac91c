package dev.parley.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.model.training.data.EncodedExample;
import dev.parley.model.training.data.EncodedPreference;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingTest {
  private static final Reading SOME = new Reading(0, 12, true, false);

  /** What is read of prompts and answers of some lengths: from where, and to where. */
  @ParameterizedTest
  @CsvSource({
    "5, 6, 0-11",
    "4, 20, 0-10 22-24",
    "10, 20, 6-16 28-30",
    "20, 3, 11-23",
    "20, 9, 16-26 27-29"
  })
  void theEndOfThePromptAndBothEndsOfTheAnswerAreRead(int prompt, int answer, String places) {
    int[] expected = Arrays.stream(places.split(" ")).flatMapToInt(ReadingTest::range).toArray();

    EncodedExample read = SOME.of(example(prompt, answer));

    assertThat(read.ids()).isEqualTo(expected);
    assertThat(read.answerStart()).isEqualTo(prompt - expected[0]);
    assertThat(SOME.tokens(new EncodedPreference(example(prompt, answer), example(1, 1))))
        .isEqualTo(expected.length + 2);
  }

  @Test
  void allIsReadWhereNothingElseIsSaid() {
    EncodedExample all = example(100, 300);

    assertThat(Reading.WHOLE.of(all)).isSameAs(all);
  }

  @Test
  void aReadingHasTokensAndLayers() {
    assertThatThrownBy(() -> new Reading(0, 5, false, false))
        .hasMessageContaining("at least 6 tokens");
    assertThatThrownBy(() -> new Reading(-1, 0, false, false)).hasMessageContaining("1 layer");
  }

  private static IntStream range(String ends) {
    String[] both = ends.split("-", 2);
    return IntStream.range(Integer.parseInt(both[0]), Integer.parseInt(both[1]));
  }

  private static EncodedExample example(int prompt, int answer) {
    boolean[] trained = new boolean[prompt + answer];
    IntStream.range(prompt, trained.length).forEach(i -> trained[i] = true);
    return new EncodedExample(IntStream.range(0, trained.length).toArray(), trained, false);
  }
}
