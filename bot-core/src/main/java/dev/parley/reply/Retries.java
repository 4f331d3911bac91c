package dev.parley.reply;

import dev.parley.platform.PlatformException;
import dev.parley.platform.ReplyChannel;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * Waits before a call is tried again: as long as the platform says, or twice as long each time.
 * Confined to a thread.
 */
public final class Retries {
  /** How often a call is tried: about ten minutes where the platform says nothing. */
  public static final int MOST_TRIES = 25;

  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final ReplyChannel channel;
  private Duration next = FIRST;

  public Retries(ReplyChannel channel) {
    this.channel = channel;
  }

  /** Waits after a call that failed with this. */
  public void pause(PlatformException failure) throws InterruptedException {
    channel.pause(failure.retryAfter().isZero() ? next : failure.retryAfter());
    next = Collections.min(List.of(next.multipliedBy(2), LONGEST));
  }
}
