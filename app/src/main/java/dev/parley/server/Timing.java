package dev.parley.server;

import java.time.Duration;

/**
 * How long things take.
 *
 * @param beat a client hears something at least so often, by which one that is gone is noticed
 * @param patience a client that reads nothing for so long is dropped
 */
record Timing(Duration beat, Duration patience) {
  static final Timing USUAL = new Timing(Duration.ofSeconds(5), Duration.ofMinutes(1));
}
