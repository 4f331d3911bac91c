package dev.parley.model.remote;

import java.time.Duration;

/** How the pool waits; a test has its own time. */
@FunctionalInterface
interface Pause {
  void await(Duration time) throws InterruptedException;
}
