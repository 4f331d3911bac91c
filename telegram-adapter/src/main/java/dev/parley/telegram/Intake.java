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
import org.telegram.telegrambots.longpolling.interfaces.LongPollingUpdateConsumer;
import org.telegram.telegrambots.meta.api.objects.Update;

/**
 * Takes updates: writes them down before they are confirmed, then has them handled, those of one
 * chat one after the other. Thread-safe.
 *
 * <p>The poller confirms what it gave to {@link #consume} with its next request, and ends without a
 * word where that throws. So this waits until the updates are on the disk, and never throws.
 */
final class Intake implements LongPollingUpdateConsumer {
  private static final Logger log = LoggerFactory.getLogger(Intake.class);
  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final Duration END = Duration.ofSeconds(10);

  /** More than can ever be handled at once. */
  private static final int MOST_HANDLED = Integer.MAX_VALUE;

  private final Events events;
  private final KnownMessages known;
  private final Consumer<Update> handler;
  private final Executor threads = task -> Thread.ofVirtual().name("telegram-update").start(task);

  /** The end of what is to be done in each chat. Guarded by itself. */
  private final Map<Long, CompletableFuture<Void>> tails = new HashMap<>();

  private final Semaphore handling = new Semaphore(MOST_HANDLED);
  private volatile boolean closed;

  Intake(Events events, KnownMessages known, Consumer<Update> handler) {
    this.events = events;
    this.known = known;
    this.handler = handler;
  }

  /** Handles what an earlier process took. */
  void resume() {
    events.left().forEach(this::dispatch);
  }

  @Override
  public void consume(List<Update> updates) {
    while (!closed) {
      try {
        events.take(updates).forEach(this::dispatch);
        return;
      } catch (RuntimeException e) {
        log.error("Updates cannot be stored and wait: {}", e.getMessage());
        pause();
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(RETRY);
    } catch (InterruptedException e) {
      closed = true;
      Thread.currentThread().interrupt();
    }
  }

  private void dispatch(Update update) {
    known.add(update);
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
