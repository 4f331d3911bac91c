package dev.parley.model.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  private final Backoff backoff =
      new Backoff(Duration.ofSeconds(1), InstantSource.fixed(NOW), new Random(7));

  @Test
  void waitsTwiceAsLongEachTimeAndThenGivesUp() {
    assertThat(backoff.after(1, Optional.empty()).orElseThrow()).isBetween(seconds(1), seconds(2));
    assertThat(backoff.after(3, Optional.empty()).orElseThrow()).isBetween(seconds(4), seconds(6));
    assertThat(backoff.after(4, Optional.empty())).isEmpty();
  }

  @Test
  void theServersWordCounts() {
    assertThat(backoff.after(1, Optional.of("7"))).contains(seconds(7));
    assertThat(backoff.after(1, Optional.of("Mon, 23 Nov 2026 12:00:09 GMT"))).contains(seconds(9));
    assertThat(backoff.after(1, Optional.of("Mon, 23 Nov 2026 11:00:00 GMT"))).contains(seconds(0));
    assertThat(backoff.after(1, Optional.of("soon")).orElseThrow())
        .isBetween(seconds(1), seconds(2));
  }

  @Test
  void aLongWaitIsNoWait() {
    assertThat(backoff.after(1, Optional.of("3600"))).isEmpty();
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }
}
