package dev.parley.queue;

import dev.parley.model.Capacity;
import dev.parley.model.Generation;
import dev.parley.model.GenerationResult;
import dev.parley.model.LanguageModel;
import dev.parley.platform.PersonId;
import dev.parley.queue.GenerationRequest.Priority;
import dev.parley.queue.GenerationRequest.Prompt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * All that waits for one model. Admits as many as it has room for, in a fair order by work done:
 * prompt tokens that were computed and tokens that were written. One generation of a conversation
 * runs at a time. Thread-safe; nothing foreign is called under the lock.
 */
public final class GenerationQueue implements AutoCloseable {
  private final LanguageModel model;
  private final QueueLimits limits;
  private final ReentrantLock lock = new ReentrantLock();

  // all below: guarded by lock
  private final FairOrder order = new FairOrder();
  private final Set<QueuedGeneration> waiting = new LinkedHashSet<>();
  private final Set<QueuedGeneration> running = new LinkedHashSet<>();
  private final MeanLength lengths = new MeanLength();
  private @Nullable Map<QueuedGeneration, Place> places;
  private long count;
  private boolean closed;

  /** Where a waiting request stands. */
  private record Place(int position, Duration start) {}

  public GenerationQueue(LanguageModel model, QueueLimits limits) {
    this.model = model;
    this.limits = limits;
  }

  /**
   * Puts a request into the queue.
   *
   * @throws QueueFullException where the person's or everybody's limit is reached
   * @throws IllegalStateException where the queue is closed
   */
  public QueuedGeneration submit(GenerationRequest request) throws QueueFullException {
    QueuedGeneration queued;
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the queue is closed");
      }
      checkRoom(request);
      queued = new QueuedGeneration(this, request, count++);
      waiting.add(queued);
      places = null;
    } finally {
      lock.unlock();
    }
    admit();
    return queued;
  }

  /** How many wait and how many run. */
  public int size() {
    lock.lock();
    try {
      return waiting.size() + running.size();
    } finally {
      lock.unlock();
    }
  }

  /** Ends everything; waiting requests are cancelled. */
  @Override
  public void close() {
    List<QueuedGeneration> all;
    lock.lock();
    try {
      closed = true;
      all = new ArrayList<>(waiting);
      all.addAll(running);
    } finally {
      lock.unlock();
    }
    all.forEach(this::cancel);
  }

  int position(QueuedGeneration queued) {
    return place(queued).map(Place::position).orElse(0);
  }

  Optional<Duration> estimate(QueuedGeneration queued) {
    return place(queued).map(Place::start);
  }

  void cancel(QueuedGeneration queued) {
    boolean wasWaiting;
    Generation generation;
    lock.lock();
    try {
      queued.cancelled = true;
      wasWaiting = waiting.remove(queued);
      generation = queued.generation;
      places = null;
    } finally {
      lock.unlock();
    }
    if (wasWaiting) {
      queued.result.cancel(false);
    } else if (generation != null) {
      generation.cancel();
    }
  }

  private void checkRoom(GenerationRequest request) throws QueueFullException {
    long own = waiting.stream().filter(q -> q.request.person().equals(request.person())).count();
    if (own >= limits.waitingPerPerson()) {
      throw new QueueFullException(true, Duration.ZERO);
    }
    if (waiting.size() >= limits.waiting()) {
      throw new QueueFullException(false, duration(model.capacity()));
    }
  }

  /** Lets in what there is room for. */
  private void admit() {
    List<QueuedGeneration> admitted = new ArrayList<>();
    lock.lock();
    try {
      for (Optional<QueuedGeneration> next = next(); next.isPresent(); next = next()) {
        QueuedGeneration queued = next.get();
        waiting.remove(queued);
        running.add(queued);
        queued.admitted = true;
        queued.charged = lengths.cost();
        order.begin(queued.request, queued.charged);
        places = null;
        admitted.add(queued);
      }
    } finally {
      lock.unlock();
    }
    admitted.forEach(q -> Thread.ofVirtual().name("generation-" + q.number).start(() -> run(q)));
  }

  /** The next one that may run now. Background work leaves one slot free for people. */
  private Optional<QueuedGeneration> next() {
    int room = model.capacity().parallel() - running.size();
    if (room <= 0 || closed) {
      return Optional.empty();
    }
    Map<PersonId, Integer> runningOf = new HashMap<>();
    running.forEach(q -> runningOf.merge(q.request.person(), 1, Integer::sum));
    return order.next(
        waiting.stream()
            .filter(q -> runningOf.getOrDefault(q.request.person(), 0) < limits.runningPerPerson())
            .filter(
                q ->
                    running.stream()
                        .noneMatch(r -> r.request.conversation() == q.request.conversation()))
            .filter(q -> q.request.priority() == Priority.ANSWER || mayRunInBackground(room))
            .toList());
  }

  private boolean mayRunInBackground(int room) {
    return waiting.stream().allMatch(q -> q.request.priority() == Priority.BACKGROUND)
        && (room > 1 || running.isEmpty());
  }

  private void run(QueuedGeneration queued) {
    try {
      Prompt prompt = queued.request.prompt().get();
      Generation generation =
          model.generate(prompt.messages(), prompt.options(), queued.request.listener());
      started(queued, generation);
      GenerationResult result = generation.result().join();
      ended(queued, Optional.of(result));
      queued.result.complete(result);
    } catch (CompletionException e) {
      ended(queued, Optional.empty());
      queued.result.completeExceptionally(e.getCause() == null ? e : e.getCause());
    } catch (RuntimeException | Error e) {
      ended(queued, Optional.empty());
      queued.result.completeExceptionally(e);
    }
  }

  private void started(QueuedGeneration queued, Generation generation) {
    boolean cancelled;
    lock.lock();
    try {
      queued.generation = generation;
      cancelled = queued.cancelled;
    } finally {
      lock.unlock();
    }
    if (cancelled) {
      generation.cancel();
    }
  }

  private void ended(QueuedGeneration queued, Optional<GenerationResult> result) {
    lock.lock();
    try {
      running.remove(queued);
      result.ifPresent(lengths::add);
      double cost = result.map(MeanLength::cost).orElse(0.0);
      order.correct(queued.request, cost - queued.charged);
      places = null;
    } finally {
      lock.unlock();
    }
    admit();
  }

  private Optional<Place> place(QueuedGeneration queued) {
    lock.lock();
    try {
      Map<QueuedGeneration, Place> current = places == null ? simulate() : places;
      places = current;
      return Optional.ofNullable(current.get(queued));
    } finally {
      lock.unlock();
    }
  }

  /** Plays the order through with mean lengths and the measured speed. */
  private Map<QueuedGeneration, Place> simulate() {
    Capacity capacity = model.capacity();
    double each = duration(capacity).toNanos() / 1e9;
    double[] freeAt = new double[Math.max(1, capacity.parallel())];
    for (int i = 0; i < Math.min(running.size(), freeAt.length); i++) {
      freeAt[i] = each * (i + 1) / (running.size() + 1); // how far each is, nobody knows
    }
    Map<QueuedGeneration, Place> found = new HashMap<>();
    FairOrder future = new FairOrder(order);
    Set<QueuedGeneration> left = new LinkedHashSet<>(waiting);
    while (!left.isEmpty()) {
      QueuedGeneration next = future.next(left).orElseThrow();
      left.remove(next);
      future.begin(next.request, lengths.cost());
      Arrays.sort(freeAt);
      found.put(next, new Place(found.size() + 1, Duration.ofNanos((long) (freeAt[0] * 1e9))));
      freeAt[0] += each;
    }
    return found;
  }

  private Duration duration(Capacity capacity) {
    double seconds =
        lengths.promptTokens() / capacity.prefillTokensPerSecond()
            + lengths.generatedTokens() / capacity.decodeTokensPerSecond();
    return Duration.ofNanos((long) (seconds * 1e9));
  }
}
