package dev.parley.core;

import dev.parley.command.Upkeep;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.event.Level;

/** "Does" what operators want, as a test says. Thread-safe. */
final class ScriptedUpkeep implements Upkeep {
  private final AtomicInteger backups = new AtomicInteger();
  private volatile Optional<RuntimeException> failure = Optional.empty();
  private volatile CountDownLatch mayEnd = new CountDownLatch(0);

  private volatile Level level = Level.INFO;

  /** Backups come to this from now on. */
  void failsWith(RuntimeException why) {
    failure = Optional.of(why);
  }

  /** Backups wait for this from now on. */
  void waitsFor(CountDownLatch latch) {
    mayEnd = latch;
  }

  /** How many were begun. */
  int backups() {
    return backups.get();
  }

  @Override
  public Level logLevel() {
    return level;
  }

  @Override
  public void logLevel(Level least) {
    level = least;
  }

  @Override
  public Backup backUp() {
    backups.incrementAndGet();
    try {
      mayEnd.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    failure.ifPresent(
        why -> {
          throw why;
        });
    return new Backup("parley-2026-11-24-120000.db", 12_340_000);
  }
}
