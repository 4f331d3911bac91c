package dev.parley.queue;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.parley.model.FinishReason;
import dev.parley.model.Generation;
import dev.parley.model.GenerationResult;
import dev.parley.model.LanguageModel;
import dev.parley.queue.GenerationRequest.Priority;
import dev.parley.queue.GenerationRequest.Prompt;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All that waits for one model. Admits as many as it has room for, in a fair order by work done:
 * prompt tokens that were computed and tokens that were written. One generation of a conversation
 * runs at a time. Thread-safe; nothing foreign is called under the lock but the model's capacity.
 */
public final class GenerationQueue implements AutoCloseable {
  private final LanguageModel model;
  private final QueueLimits limits;
  private final InstantSource clock;
  private final Executor threads;
  private final Forecasts forecasts;
  private final ReentrantLock lock = new ReentrantLock();

  // all below: guarded by lock
  private final FairOrder order;
  private final PastLengths lengths = new PastLengths();
  private final Newcomers newcomers = new Newcomers();
  private long count;
  private boolean closed;

  /** One that tells how long answers take whatever happens to the machine's clock. */
  public GenerationQueue(LanguageModel model, QueueLimits limits) {
    this(model, limits, new SteadyClock(Instant.now(), Ticker.systemTicker()));
  }

  /** One in the time of a test. */
  public GenerationQueue(LanguageModel model, QueueLimits limits, InstantSource clock) {
    this(model, limits, clock, task -> Thread.ofVirtual().name("generation").start(task));
  }

  /**
   * @param threads runs what may take long: making prompts, storing answers
   */
  GenerationQueue(LanguageModel model, QueueLimits limits, InstantSource clock, Executor threads) {
    this.model = model;
    this.limits = limits;
    this.clock = clock;
    this.threads = threads;
    this.forecasts = new Forecasts(this::play, clock);
    this.order = new FairOrder(limits.runningPerPerson());
  }

  /**
   * Puts a request into the queue.
   *
   * @throws QueueFullException where the person's or everybody's limit is reached
   * @throws QueueClosedException where the queue is closed
   */
  public QueuedGeneration submit(GenerationRequest request) throws QueueFullException {
    return submit(request, result -> {});
  }

  /**
   * Puts a request into the queue.
   *
   * @param store called before the next one of the conversation begins, so that its prompt sees
   *     this answer; what it throws fails the request
   * @throws QueueFullException where the person's or everybody's limit is reached
   * @throws QueueClosedException where the queue is closed
   */
  public QueuedGeneration submit(GenerationRequest request, Consumer<GenerationResult> store)
      throws QueueFullException {
    Optional<Full> full;
    lock.lock();
    try {
      full = full(request);
      if (full.isEmpty()) {
        return submitAgain(request, store);
      }
    } finally {
      lock.unlock();
    }
    throw new QueueFullException(full.get().personal(), untilNext(full.get().waiting()));
  }

  /**
   * Puts a request into the queue that it had taken before: after a restart or a failure there is
   * room for it, whatever the limits are.
   *
   * @throws QueueClosedException where the queue is closed
   */
  public QueuedGeneration submitAgain(GenerationRequest request, Consumer<GenerationResult> store) {
    QueuedGeneration queued;
    lock.lock();
    try {
      if (closed) {
        throw new QueueClosedException();
      }
      if (request.priority() == Priority.ANSWER && order.waiting(request.person()).isEmpty()) {
        newcomers.arrived(clock.instant());
      }
      queued = new QueuedGeneration(this, request, store, count++);
      queued.queuedAt = clock.instant();
      order.add(queued);
    } finally {
      lock.unlock();
    }
    admit();
    return queued;
  }

  /** What runs and waits now. */
  public QueueState state() {
    Map<QueuedGeneration, QueueState.Counts> all = new HashMap<>();
    List<QueuedGeneration> answers;
    Optional<Duration> oldest;
    lock.lock();
    try {
      order.running().forEach(queued -> all.put(queued, QueueState.Counts.RUNS));
      order.waiting().forEach(queued -> all.put(queued, QueueState.Counts.WAITS));
      answers =
          order.waiting().stream()
              .filter(queued -> queued.request.priority() == Priority.ANSWER)
              .toList();
      Instant now = clock.instant();
      oldest =
          answers.stream()
              .map(queued -> Duration.between(queued.queuedAt, now))
              .max(Duration::compareTo);
    } finally {
      lock.unlock();
    }
    Optional<Duration> last =
        answers.stream().flatMap(queued -> estimate(queued).stream()).max(Duration::compareTo);
    return QueueState.of(all, oldest, last);
  }

  /** How many wait and how many run. */
  public int size() {
    lock.lock();
    try {
      return waiting() + running();
    } finally {
      lock.unlock();
    }
  }

  /** How many wait. */
  public int waiting() {
    lock.lock();
    try {
      return order.answers() + order.background();
    } finally {
      lock.unlock();
    }
  }

  /** How many the model has. */
  public int running() {
    lock.lock();
    try {
      return order.running().size();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends everything. What had not ended by itself fails with {@link QueueClosedException}: nobody
   * stopped it, so that it can be taken up again.
   */
  @Override
  public void close() {
    letInNothingMore().forEach(this::stop);
  }

  /**
   * Lets in nothing more and waits for the answers that are being written, so that nobody reads
   * theirs from the beginning again. What waits, and what nobody reads, ends as by {@link #close},
   * which is to follow.
   *
   * @param longest for all together
   */
  public void drain(Duration longest) throws InterruptedException {
    List<QueuedGeneration> running = letInNothingMore();
    running.stream()
        .filter(queued -> queued.request.priority() == Priority.BACKGROUND)
        .forEach(this::stop);
    try {
      CompletableFuture.allOf(
              running.stream()
                  .filter(queued -> queued.request.priority() == Priority.ANSWER)
                  .map(queued -> queued.result)
                  .toArray(CompletableFuture[]::new))
          .get(longest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // these are taken up again
    }
  }

  /** What waits fails; returns what runs. */
  private List<QueuedGeneration> letInNothingMore() {
    List<QueuedGeneration> waiting;
    List<QueuedGeneration> running;
    lock.lock();
    try {
      closed = true;
      waiting = order.waiting();
      waiting.forEach(order::remove);
      running = order.running();
    } finally {
      lock.unlock();
    }
    waiting.forEach(queued -> queued.result.completeExceptionally(new QueueClosedException()));
    return running;
  }

  int position(QueuedGeneration queued) {
    return forecast(queued).flatMap(now -> now.of(queued)).map(Forecast.Place::position).orElse(0);
  }

  Optional<Duration> estimate(QueuedGeneration queued) {
    return forecast(queued)
        .flatMap(now -> now.of(queued).map(place -> now.until(place, clock.instant())));
  }

  void cancel(QueuedGeneration queued) {
    boolean wasWaiting;
    lock.lock();
    try {
      queued.cancelled = true;
      wasWaiting = order.remove(queued);
    } finally {
      lock.unlock();
    }
    if (wasWaiting) {
      queued.result.cancel(false);
      admit(); // background work may have waited for this one to go
    } else {
      stop(queued);
    }
  }

  private void stop(QueuedGeneration queued) {
    Generation generation;
    lock.lock();
    try {
      generation = queued.generation;
    } finally {
      lock.unlock();
    }
    if (generation != null) {
      generation.cancel();
    }
  }

  /**
   * Why there is no room.
   *
   * @param personal whether it is the person's own limit
   * @param waiting one of these has to begin first
   */
  private record Full(boolean personal, List<QueuedGeneration> waiting) {}

  private Optional<Full> full(GenerationRequest request) {
    boolean background = request.priority() == Priority.BACKGROUND;
    List<QueuedGeneration> own = background ? List.of() : order.waiting(request.person());
    if (!background && own.size() >= limits.waitingPerPerson()) {
      return Optional.of(new Full(true, own));
    }
    int waiting = background ? order.background() : order.answers();
    return waiting >= limits.waiting()
        ? Optional.of(new Full(false, order.waiting()))
        : Optional.empty();
  }

  /** Lets in what there is room for. */
  private void admit() {
    List<QueuedGeneration> admitted = new ArrayList<>();
    lock.lock();
    try {
      for (Optional<QueuedGeneration> next = next(); next.isPresent(); next = next()) {
        QueuedGeneration queued = next.get();
        order.begin(queued, lengths.cost());
        queued.admittedAt = clock.instant();
        admitted.add(queued);
      }
    } finally {
      lock.unlock();
    }
    admitted.forEach(queued -> elsewhere(() -> run(queued)));
  }

  private Optional<QueuedGeneration> next() {
    return closed ? Optional.empty() : order.next(parallel() - order.running().size());
  }

  /** At least one, or nothing would ever run. */
  private int parallel() {
    return Math.max(1, model.capacity().parallel());
  }

  private void run(QueuedGeneration queued) {
    try {
      if (unwanted(queued)) {
        ended(queued, Optional.empty());
        fail(queued, Optional.empty());
        return;
      }
      Prompt prompt = queued.request.prompt().get();
      Generation generation =
          model.inConversation(
              queued.request.conversation(), one -> prompt.start(one, queued.listener()));
      started(queued, generation);
      var _ =
          generation
              .result()
              .whenComplete(
                  (result, failure) -> elsewhere(() -> finished(queued, result, failure)));
    } catch (RuntimeException | Error e) {
      ended(queued, Optional.empty());
      fail(queued, Optional.of(e));
    }
  }

  private void started(QueuedGeneration queued, Generation generation) {
    lock.lock();
    try {
      queued.generation = generation;
    } finally {
      lock.unlock();
    }
    if (unwanted(queued)) {
      generation.cancel();
    }
  }

  private void finished(
      QueuedGeneration queued, @Nullable GenerationResult result, @Nullable Throwable failure) {
    if (result == null) {
      ended(queued, Optional.empty());
      fail(
          queued,
          Optional.ofNullable(
              failure instanceof CompletionException && failure.getCause() != null
                  ? failure.getCause()
                  : failure));
      return;
    }
    if (result.finishReason() == FinishReason.CANCELLED && unwanted(queued) && !cancelled(queued)) {
      ended(queued, Optional.of(result));
      fail(queued, Optional.of(new QueueClosedException()));
      return;
    }
    try {
      queued.store.accept(result);
      ended(queued, Optional.of(result));
      queued.result.complete(result);
    } catch (RuntimeException | Error e) {
      ended(queued, Optional.of(result));
      fail(queued, Optional.of(e));
    }
  }

  private void fail(QueuedGeneration queued, Optional<Throwable> cause) {
    if (cause.isPresent()) {
      queued.result.completeExceptionally(cause.get());
    } else if (cancelled(queued)) {
      queued.result.cancel(false);
    } else {
      queued.result.completeExceptionally(new QueueClosedException());
    }
  }

  private boolean unwanted(QueuedGeneration queued) {
    lock.lock();
    try {
      return closed || queued.cancelled;
    } finally {
      lock.unlock();
    }
  }

  private boolean cancelled(QueuedGeneration queued) {
    lock.lock();
    try {
      return queued.cancelled;
    } finally {
      lock.unlock();
    }
  }

  /** Frees the slot; what failed costs what it had written. */
  private void ended(QueuedGeneration queued, Optional<GenerationResult> result) {
    lock.lock();
    try {
      Instant now = clock.instant();
      result.ifPresent(
          known -> lengths.add(known, Duration.between(queued.admittedAt, now), model.capacity()));
      order.end(queued, result.map(PastLengths::cost).orElseGet(() -> 1L + queued.heard));
    } finally {
      lock.unlock();
    }
    admit();
  }

  /** Where no thread can be had it is done here: a slot must never be lost. */
  private void elsewhere(Runnable task) {
    try {
      threads.execute(task);
    } catch (RuntimeException | OutOfMemoryError noThread) {
      task.run();
    }
  }

  private Duration untilNext(List<QueuedGeneration> some) {
    return some.stream()
        .flatMap(queued -> estimate(queued).stream())
        .min(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  /** The forecast where this one is in it; empty where it does not wait. */
  private Optional<Forecast> forecast(QueuedGeneration queued) {
    return waits(queued) ? Optional.of(forecasts.of(queued)) : Optional.empty();
  }

  private boolean waits(QueuedGeneration queued) {
    lock.lock();
    try {
      return order.waits(queued);
    } finally {
      lock.unlock();
    }
  }

  /** With a copy of the order: answers go on meanwhile. */
  private Forecast play() {
    FairOrder copy;
    int parallel;
    double[] seconds;
    long cost;
    double newcomersPerSecond;
    Instant now;
    lock.lock();
    try {
      now = clock.instant();
      copy = new FairOrder(order);
      parallel = parallel();
      seconds = lengths.seconds(model.capacity());
      cost = lengths.cost();
      newcomersPerSecond = newcomers.perSecond(now);
    } finally {
      lock.unlock();
    }
    return new Forecast(this, copy, parallel, seconds, cost, newcomersPerSecond, now);
  }
}
