package dev.parley.telegram;

import dev.parley.storage.DatabaseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
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

  /** Between two tries to handle an update while nothing can be written down. */
  private static final Duration RETRY = Duration.ofSeconds(2);

  /** More than can ever be handled at once. */
  private static final int MOST_HANDLED = Integer.MAX_VALUE;

  private final Events events;
  private final KnownMessages known;
  private final Apologies apologies;
  private final Consumer<List<Update>> handler;
  private final Executor threads = task -> Thread.ofVirtual().name("telegram-update").start(task);

  private final Map<Long, Lane> lanes = new ConcurrentHashMap<>();

  private final Semaphore handling = new Semaphore(MOST_HANDLED);
  private final CountDownLatch closed = new CountDownLatch(1);

  Intake(Events events, KnownMessages known, Apologies apologies, Consumer<List<Update>> handler) {
    this.events = events;
    this.known = known;
    this.apologies = apologies;
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
    List<Update> fresh;
    try {
      fresh = events.take(updates);
    } catch (DatabaseException e) {
      apologies.forWaiting(updates);
      throw e;
    }
    fresh.stream().map(Lane.Gathered::alone).forEach(this::dispatch);
  }

  /** Whether updates can be taken now. */
  boolean works() {
    try {
      events.probe();
      return !isClosed();
    } catch (RuntimeException e) {
      return false;
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void dispatch(Lane.Gathered gathered) {
    gathered.updates().forEach(known::add);
    Update first = gathered.updates().getFirst();
    if (first.hasCallbackQuery()) { // whoever pressed a button waits for no answer before it
      threads.execute(() -> handle(gathered.updates()));
      return;
    }
    // lanes are few and light: one for each chat since the start
    Lane lane = lanes.computeIfAbsent(chat(first), key -> new Lane());
    if (lane.add(gathered)) {
      threads.execute(() -> work(lane));
    }
  }

  private void work(Lane lane) {
    try {
      for (Optional<Lane.Gathered> next = lane.next(); next.isPresent(); next = lane.next()) {
        handle(next.get().updates());
      }
    } catch (InterruptedException e) { // nobody does
      Thread.currentThread().interrupt();
    }
  }

  /** So that after a crash the same updates are handled as one, whatever came since. */
  private void gathered(List<Update> updates) {
    try {
      events.gathered(updates);
    } catch (RuntimeException e) {
      log.warn("What belongs together is not remembered: {}", e.getMessage());
    }
  }

  private static long chat(Update update) {
    if (update.hasMessage()) {
      return update.getMessage().getChatId();
    }
    if (update.hasMyChatMember()) {
      return update.getMyChatMember().getChat().getId();
    }
    if (update.getMessageReaction() != null) {
      return update.getMessageReaction().getChat().getId();
    }
    return update.hasEditedMessage() ? update.getEditedMessage().getChatId() : 0;
  }

  private void handle(List<Update> updates) {
    if (!handling.tryAcquire()) {
      return; // closed: it is on the disk for the next process
    }
    try {
      if (updates.size() > 1) {
        gathered(updates);
      }
      while (!isClosed() && !isHandled(updates)) {
        closed.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) { // nobody does
      Thread.currentThread().interrupt();
    } finally {
      handling.release();
    }
  }

  /**
   * Where it cannot be written down, it is tried again: it has done nothing that would be done
   * twice.
   */
  private boolean isHandled(List<Update> updates) {
    try {
      handler.accept(updates);
      apologies.over(updates);
    } catch (DatabaseException e) {
      log.warn("Update {} has to wait: {}", updates.getFirst().getUpdateId(), e.getMessage());
      apologies.forWaiting(updates);
      return false;
    } catch (RuntimeException e) {
      log.error("Update {} could not be handled", updates.getFirst().getUpdateId(), e);
    }
    try {
      events.handled(updates);
    } catch (RuntimeException e) { // it comes again, and what it asks is known by then
      log.warn("Update {} stays: {}", updates.getFirst().getUpdateId(), e.getMessage());
    }
    return true;
  }

  /** Waits for what is being handled; the rest stays for the next process. */
  @Override
  public void close() {
    closed.countDown();
    try {
      if (!handling.tryAcquire(MOST_HANDLED, END.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("Some updates are still being handled");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
