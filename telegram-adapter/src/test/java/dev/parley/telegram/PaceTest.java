package dev.parley.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final Chat PRIVATE = new Chat(1, Optional.empty());
  private static final Chat GROUP = new Chat(-5, Optional.empty());

  private Instant now = Instant.EPOCH;
  private final Pace pace = new Pace(new Timing(() -> now, duration -> {}, Duration.ZERO));

  @Test
  void anHourAtTheLimitNeverHasMoreThanTwentyInAnyMinuteOfAGroup() {
    List<Instant> sent = new ArrayList<>();
    while (now.isBefore(Instant.EPOCH.plus(Duration.ofHours(1)))) {
      now = now.plus(pace.reserve(GROUP));
      sent.add(now);
    }
    assertThat(sent).hasSizeGreaterThan(900);
    for (int i = 0; i + 20 < sent.size(); i++) {
      assertThat(Duration.between(sent.get(i), sent.get(i + 20)))
          .isGreaterThan(Duration.ofMinutes(1));
    }
  }

  @Test
  void aPauseHoldsItsChatForAllItsTimeAndNoOther() {
    pace.pause(GROUP, Duration.ofSeconds(90));

    assertThat(pace.reserve(GROUP)).isEqualTo(Duration.ofSeconds(90));
    assertThat(pace.reserve(PRIVATE)).isZero();
  }
}
