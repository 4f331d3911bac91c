package dev.parley.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
  private long nanos = -5; // a ticker begins anywhere

  @Test
  void timePassesAsTheTickerTells() {
    Instant begin = Instant.parse("2026-11-28T19:00:00Z");
    SteadyClock clock = new SteadyClock(begin, () -> nanos);
    nanos += 1_500_000_000;

    assertThat(clock.instant()).isEqualTo(begin.plusMillis(1_500));
  }
}
