package dev.parley.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.learning.VoteComparison.Difference;
import dev.parley.learning.VoteComparison.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VoteComparisonTest {
  /** Newcombe, Statistics in Medicine 17 (1998), 873, table II, method 10. */
  @ParameterizedTest
  @CsvSource({
    "56, 70, 48, 80, 0.0524, 0.3339",
    "9, 10, 3, 10, 0.1705, 0.8090",
    "5, 56, 0, 29, -0.0381, 0.1926"
  })
  void theIntervalOfTheDifferenceIsThePublishedOne(
      int one, int ofOne, int other, int ofOther, double low, double high) {
    Difference difference =
        Difference.of(new Votes(one, ofOne - one), new Votes(other, ofOther - other), 1);

    assertThat(difference.low()).isEqualTo(low, within(5e-5));
    assertThat(difference.high()).isEqualTo(high, within(5e-5));
  }

  @Test
  void aDifferenceThatIsNoChanceIsSaid() {
    assertThat(VoteComparison.of(new Votes(56, 14), new Votes(48, 32)).outcome())
        .isEqualTo(Outcome.BETTER);
    assertThat(VoteComparison.of(new Votes(48, 32), new Votes(56, 14)).outcome())
        .isEqualTo(Outcome.WORSE);
  }

  @Test
  void asManyVotesAsItSaysWouldTell() {
    VoteComparison now = VoteComparison.of(new Votes(8, 2), new Votes(6, 4));

    assertThat(now.outcome()).isEqualTo(Outcome.TOO_EARLY);
    double times = 1 + now.more() / 20.0;
    assertThat(Difference.of(new Votes(8, 2), new Votes(6, 4), times).isReal()).isTrue();
    assertThat(Difference.of(new Votes(8, 2), new Votes(6, 4), times - 0.05).isReal()).isFalse();
  }

  @Test
  void whereNothingShowsADifferenceNoNumberIsMadeUp() {
    VoteComparison unknown = new VoteComparison(Outcome.TOO_EARLY, 0);

    assertThat(VoteComparison.of(new Votes(0, 0), new Votes(6, 4))).isEqualTo(unknown);
    assertThat(VoteComparison.of(new Votes(6, 4), new Votes(0, 0))).isEqualTo(unknown);
    assertThat(VoteComparison.of(new Votes(3, 1), new Votes(6, 2))).isEqualTo(unknown);
  }
}
