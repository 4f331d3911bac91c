package dev.parley.telegram;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.objects.Update;

/**
 * Takes updates: writes them down before they are confirmed, then has them handled, those of one
 * chat one after the other. Thread-safe.
 */
final class Intake implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Intake.class);
  private static final Duration END = Duration.ofSeconds(10);

  /** More than can ever be handled at once. */
  private static final int MOST_HANDLED = Integer.MAX_VALUE;

  private final Events events;
  private final Consumer<Update> handler;
  private final Executor threads = task -> Thread.ofVirtual().name("telegram-update").start(task);

  /** The end of what is to be done in each chat. Guarded by itself. */
  private final Map<Long, CompletableFuture<Void>> tails = new HashMap<>();

  private final Semaphore handling = new Semaphore(MOST_HANDLED);
  private volatile boolean closed;

  Intake(Events events, Consumer<Update> handler) {
    this.events = events;
    this.handler = handler;
  }

  /** Handles what an earlier process took. */
  void resume() {
    events.left().forEach(this::dispatch);
  }

  /**
   * Writes updates down; when this returns they may be confirmed. Those that were taken before are
   * not handled again.
   *
   * @throws RuntimeException where they cannot be stored
   */
  void take(List<Update> updates) {
    events.take(updates).forEach(this::dispatch);
  }

  /** Whether updates can be taken now. */
  boolean works() {
    try {
      events.probe();
      return !closed;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private void dispatch(Update update) {
    if (update.hasCallbackQuery()) { // whoever pressed a button waits for no answer before it
      threads.execute(() -> handle(update));
      return;
    }
    long chat = chat(update);
    synchronized (tails) {
      CompletableFuture<Void> tail =
          tails
              .getOrDefault(chat, CompletableFuture.completedFuture(null))
              .thenRunAsync(() -> handle(update), threads);
      tails.put(chat, tail);
      var _ = tail.whenComplete((done, failure) -> forget(chat, tail));
    }
  }

  private void forget(long chat, CompletableFuture<Void> tail) {
    synchronized (tails) {
      tails.remove(chat, tail);
    }
  }

  private static long chat(Update update) {
    if (update.hasMessage()) {
      return update.getMessage().getChatId();
    }
    return update.hasEditedMessage() ? update.getEditedMessage().getChatId() : 0;
  }

  private void handle(Update update) {
    if (!handling.tryAcquire()) {
      return; // closed: it is on the disk for the next process
    }
    try {
      if (!closed) {
        handleOnce(update);
      }
    } finally {
      handling.release();
    }
  }

  private void handleOnce(Update update) {
    try {
      handler.accept(update);
    } catch (RuntimeException e) {
      log.error("Update {} could not be handled", update.getUpdateId(), e);
    }
    try {
      events.handled(update);
    } catch (RuntimeException e) { // it comes again, and what it asks is known by then
      log.warn("Update {} stays: {}", update.getUpdateId(), e.getMessage());
    }
  }

  /** Waits for what is being handled; the rest stays for the next process. */
  @Override
  public void close() {
    closed = true;
    try {
      if (!handling.tryAcquire(MOST_HANDLED, END.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("Some updates are still being handled");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
