package dev.parley.model.engine;

import dev.parley.model.FinishReason;
import dev.parley.model.ModelException;
import dev.parley.model.transformer.Transformer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.function.IntSupplier;
import java.util.function.IntUnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop that serves all generations. Each step admits what waits, reads one piece of one prompt,
 * and adds one token to every answer in one batch (continuous batching: Yu et al., Orca, OSDI 2022;
 * reading in pieces: Agrawal et al., Sarathi, 2023). A long prompt therefore delays those who
 * stream by one piece a step, never by the whole. One thread runs it; any thread may submit.
 */
final class Engine implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Engine.class);

  /**
   * libtorch tells by its message alone: of a card, of its multiplications, of a processor on Linux
   * and on Windows.
   */
  private static final List<String> OUT_OF_MEMORY =
      List.of(
          "out of memory",
          "CUBLAS_STATUS_ALLOC_FAILED",
          "can't allocate memory",
          "not enough memory");

  /** Which step it is in, between two steps. */
  static final long IN_NO_STEP = 0;

  /** Ends an engine that may be stuck; a slow disk is waited for longer, outside a step. */
  private static final int MOST_SECONDS_IN_LAST_STEP = 20;

  private final Transformer transformer;
  private final IntPredicate endsAnswer;
  private final Steps steps;
  private final Slots slots;
  private final PrefixCache prefixes;
  private final Speed speed = new Speed();
  private final ThreadCount threads;
  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private final Deque<Sequence> waiting = new ArrayDeque<>();
  private final List<Sequence> running = new ArrayList<>();

  /** Those of the running ones that nothing is kept of afterwards. */
  private final Set<Sequence> forgotten = new HashSet<>();

  private final ExecutorService thread;
  private final Set<Sequence> present = ConcurrentHashMap.newKeySet();
  private volatile int most;
  private volatile long step = IN_NO_STEP;
  private volatile double longestStepSeconds;
  private volatile Optional<Throwable> failure = Optional.empty();

  /** Why nothing runs here any more, although the model is open. */
  private volatile Optional<Throwable> retired = Optional.empty();

  private long stepsBegun;
  private int tokensRead;
  private long nanosRead;
  private volatile boolean closing;

  /**
   * @param endsAnswer whether a token is the model's end of an answer
   * @param transformer closed with this engine
   * @param prefixes likewise
   * @param thread a single one, the same that loaded the transformer; this engine ends it
   */
  @SuppressWarnings("FutureReturnValueIgnored") // the loop ends by closing and fails never
  Engine(
      Transformer transformer,
      IntPredicate endsAnswer,
      PrefixCache prefixes,
      ExecutorService thread) {
    this.transformer = transformer;
    this.steps = new Steps(transformer);
    this.endsAnswer = endsAnswer;
    this.slots = new Slots(transformer.slots());
    this.prefixes = prefixes;
    this.threads = new ThreadCount(transformer.threads(), transformer::useThreads);
    this.thread = thread;
    this.most = slots.count();
    thread.submit(this::loop);
  }

  Steps steps() {
    return steps;
  }

  Transformer transformer() {
    return transformer;
  }

  Speed speed() {
    return speed;
  }

  /** How many tokens of a prompt a slot holds; it may be another's by the time it is read. */
  int common(int[] prompt) {
    return slots.common(prompt);
  }

  /** How many more generations could run at once; negative where some wait. */
  int free() {
    return most - present.size();
  }

  /** How many answers are written at once. */
  int parallel() {
    return most;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // nothing fails there
  void submit(Sequence sequence) {
    present.add(sequence);
    sequence.result().whenComplete((_, _) -> present.remove(sequence));
    arrivals.add(sequence);
    if (ends()) { // after the add: either the loop sees it, or this does
      failArrivals();
    }
  }

  /**
   * Drops what is kept of conversations that nothing is written in.
   *
   * @return completes when it is done
   */
  CompletableFuture<Void> forget() {
    Arrival.Forgetting forgetting = new Arrival.Forgetting(new CompletableFuture<>());
    arrivals.add(forgetting);
    if (ends()) {
      failArrivals();
    }
    return forgetting.done();
  }

  private boolean ends() {
    return closing || retired.isPresent();
  }

  /** Which step it is in, by a number of its own. */
  long step() {
    return step;
  }

  double longestStepSeconds() {
    return longestStepSeconds;
  }

  /** What its last step failed by, where it computes no more after that. */
  Optional<Throwable> failure() {
    return failure;
  }

  /**
   * Another one is in its place. All that is here fails; a step that it may be stuck in is left to
   * end, or not.
   */
  void retire(Throwable why) {
    retired = Optional.of(why);
    thread.shutdownNow();
    List.copyOf(present).forEach(sequence -> sequence.fail(why));
    failArrivals();
  }

  /** Whether its thread has ended: until then it may use the model's files. */
  boolean hasEnded() {
    return thread.isTerminated();
  }

  /**
   * Ends all generations and the thread, and waits for both; then gives the memory back. A step
   * that does not end is left alone.
   */
  @Override
  public void close() {
    closing = true;
    thread.shutdownNow();
    if (!awaitEnd()) {
      log.error("A step of the engine does not end: its memory stays taken");
      return;
    }
    failArrivals();
    if (retired.isEmpty() && failure.isEmpty()) { // else the thread has
      transformer.close();
    }
  }

  private boolean awaitEnd() {
    boolean interrupted = false;
    try {
      int inStep = retired.isPresent() ? MOST_SECONDS_IN_LAST_STEP : 0;
      while (!thread.isTerminated()) {
        try {
          if (!thread.awaitTermination(1, TimeUnit.SECONDS)
              && step != IN_NO_STEP
              && ++inStep > MOST_SECONDS_IN_LAST_STEP) {
            return false;
          }
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      return true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void loop() {
    while (!ends()) {
      try {
        takeArrivals();
        timedStep();
      } catch (InterruptedException closed) {
        break;
      } catch (OutOfMemoryError full) {
        log.error("A step found no memory; {} answers fail", running.size(), full);
        failRunning(full);
      } catch (RuntimeException | Error failed) {
        log.error("A step of the engine failed; {} answers with it", running.size(), failed);
        if (failed instanceof RuntimeException e && isOutOfMemory(e)) {
          failRunning(failed); // another engine would find no more
        } else if (!ends()) {
          giveBack();
          failure = Optional.of(failed); // the watchdog does the rest
          return;
        }
      }
    }
    if (retired.isPresent()) {
      giveBack();
      return;
    }
    ModelException closed = new ModelException("The model was closed.");
    for (Sequence sequence : List.copyOf(running)) {
      release(sequence);
      sequence.fail(closed);
    }
    takeRest(new ArrayList<>()); // what was to be forgotten is not kept now
    waiting.forEach(sequence -> sequence.fail(closed));
    keepAll();
    threads.reset();
  }

  private void timedStep() {
    long start = System.nanoTime();
    step = ++stepsBegun;
    try {
      compute();
    } finally {
      step = IN_NO_STEP;
      longestStepSeconds = Math.max(longestStepSeconds, (System.nanoTime() - start) / 1e9);
    }
  }

  /** Without what is in the cache, which nobody can rely on. */
  private void giveBack() {
    Thread.interrupted(); // as in keepAll
    try (transformer;
        prefixes) {
      threads.reset();
    } catch (RuntimeException | Error e) {
      log.error("The memory of an engine that failed could not be given back", e);
    }
  }

  private void keepAll() {
    Thread.interrupted(); // closing has interrupted this thread, which must wait for the disk now
    try (prefixes) {
      for (int slot = 0; slot < slots.count(); slot++) {
        prefixes.keep(slot, slots.held(slot));
      }
    } catch (RuntimeException | Error failure) {
      log.error("The conversations could not be kept", failure);
    }
  }

  private void takeArrivals() throws InterruptedException {
    List<Arrival> arrived = new ArrayList<>();
    if (running.isEmpty() && waiting.isEmpty()) {
      arrived.add(arrivals.take());
    }
    takeRest(arrived);
  }

  /** With what came before it. */
  private void takeRest(List<Arrival> arrived) {
    arrivals.drainTo(arrived);
    for (Arrival arrival : arrived) {
      switch (arrival) {
        case Sequence sequence -> waiting.add(sequence);
        case Arrival.Forgetting forgetting -> forget(forgetting);
      }
    }
  }

  private void forget(Arrival.Forgetting forgetting) {
    try {
      slots.forgetFree();
      forgotten.addAll(running);
      prefixes.forget();
      forgetting.done().complete(null);
    } catch (RuntimeException | Error failure) {
      forgetting.fail(failure);
    }
  }

  private void compute() {
    endEarly();
    admit();
    readOnePiece();
    while (true) {
      try {
        writeOneTokenEach();
        return;
      } catch (RuntimeException failure) {
        if (!isOutOfMemory(failure) || running.size() < 2) {
          throw failure;
        }
        makeRoom();
      }
    }
  }

  private static boolean isOutOfMemory(RuntimeException failure) {
    String message = String.valueOf(failure.getMessage());
    return OUT_OF_MEMORY.stream().anyMatch(message::contains);
  }

  /**
   * There is less memory than was planned for, because something else took it, and libtorch has
   * given back what it kept: the sequence that came last waits again, and there are fewer at once
   * from now on. What it has computed stays in its slot.
   */
  private void makeRoom() {
    Sequence newest = running.getLast();
    release(newest);
    newest.waitAgain();
    waiting.addFirst(newest);
    most = running.size();
    log.warn("Memory is full: at most {} answers are written at once from now on", most);
  }

  /** Cancelled ones and those whose time is up leave between two steps. */
  private void endEarly() {
    for (Sequence sequence : List.copyOf(running)) {
      earlyReason(sequence).ifPresent(reason -> end(sequence, reason));
    }
    for (Sequence sequence : List.copyOf(waiting)) {
      earlyReason(sequence)
          .ifPresent(
              reason -> {
                waiting.remove(sequence);
                finish(sequence, reason);
              });
    }
  }

  private static Optional<FinishReason> earlyReason(Sequence sequence) {
    if (sequence.cancelled()) {
      return Optional.of(FinishReason.CANCELLED);
    }
    return sequence.timeIsUp() ? Optional.of(FinishReason.TIME_LIMIT) : Optional.empty();
  }

  private void admit() {
    while (!waiting.isEmpty() && running.size() < most) {
      Optional<Integer> slot = slots.take(waiting.peek().prompt());
      if (slot.isEmpty()) {
        return;
      }
      Sequence sequence = waiting.remove();
      sequence.takeSlot(slot.get());
      running.add(sequence);
    }
  }

  private void readOnePiece() {
    Optional<Sequence> found = running.stream().filter(s -> !s.begun() || s.reading()).findFirst();
    if (found.isEmpty()) {
      return;
    }
    Sequence sequence = found.get();
    try {
      readOnePiece(sequence);
    } catch (RuntimeException failure) {
      if (!isOutOfMemory(failure)) {
        throw failure;
      }
      release(sequence); // reading takes as much whoever else writes
      sequence.fail(failure);
    }
  }

  private void readOnePiece(Sequence sequence) {
    if (!sequence.begun()) {
      begin(sequence);
    }
    int[] piece = sequence.nextPiece();
    long start = System.nanoTime();
    IntSupplier next = steps.read(sequence, piece);
    nanosRead += System.nanoTime() - start;
    tokensRead += piece.length;
    sequence.computed(piece.length);
    slots.holds(sequence.slot(), slots.held(sequence.slot()).grownBy(piece));
    if (!transformer.draws() || !sequence.reading()) { // else the card has yet to do it
      speed.read(tokensRead, nanosRead);
      tokensRead = 0;
      nanosRead = 0;
    }
    if (!sequence.reading()) {
      draw(sequence, next);
    }
  }

  /**
   * A prompt is compared with all that is kept when it is read, not before: it may begin like one
   * just read.
   */
  private void begin(Sequence sequence) {
    int slot = sequence.slot();
    int[] prompt = sequence.prompt();
    boolean exact = sequence.repeatable();
    int own = slots.held(slot).usable(prompt, exact);
    Optional<Integer> donor = slots.donor(slot, prompt, exact);
    int inSlots = donor.map(other -> slots.held(other).usable(prompt, exact)).orElse(own);
    boolean kept = prefixes.longest(prompt, exact) >= inSlots + Slots.WORTH_COPYING;
    Beginning copied = slots.held(donor.orElse(slot)).first(inSlots);
    keepBefore(prompt, slot);
    slots.holds(slot, Beginning.NONE); // a card may be full half-way
    if (!kept) {
      donor.ifPresent(other -> transformer.copyPrefix(other, slot, inSlots));
    }
    slots.holds(slot, kept ? prefixes.restore(slot, prompt, exact) : copied);
    sequence.begin(slots.held(slot).length());
  }

  /** Keeps the conversation that loses this slot to a prompt. */
  private void keepBefore(int[] prompt, int slot) {
    Beginning before = slots.held(slot);
    boolean goesOn = before.length() - before.common(prompt) < PrefixCache.WORTH_KEEPING;
    if (!goesOn && !slots.isElsewhere(before, slot)) {
      prefixes.keep(slot, before);
    }
  }

  private void writeOneTokenEach() {
    List<Sequence> writing =
        running.stream().filter(s -> s.begun() && !s.reading() && s.generated() > 0).toList();
    if (writing.isEmpty()) {
      return;
    }
    long start = System.nanoTime();
    IntUnaryOperator next = steps.write(writing);
    long nanos = System.nanoTime() - start;
    speed.wrote(nanos);
    threads.wrote(writing.size(), nanos);
    for (int i = 0; i < writing.size(); i++) {
      int row = i;
      writing.get(i).computed(1);
      draw(writing.get(i), () -> next.applyAsInt(row));
    }
  }

  /** Draws the next token of one sequence; what goes wrong with it ends this one alone. */
  private void draw(Sequence sequence, IntSupplier next) {
    try {
      int token = next.getAsInt();
      sequence.add(token);
      if (endsAnswer.test(token) && !sequence.ignoresEnd()) {
        end(sequence, FinishReason.END);
        return;
      }
      sequence.emit(token);
      if (sequence.stopTextFound()) {
        end(sequence, FinishReason.STOP_TEXT);
      } else if (sequence.generated() >= sequence.maxTokens()
          || sequence.computed() + 1 >= transformer.slotLength()) {
        end(sequence, FinishReason.LENGTH);
      }
    } catch (RuntimeException failure) {
      int slot = sequence.slot();
      release(sequence);
      slots.holds(slot, Beginning.NONE); // its keys may be no numbers
      sequence.fail(failure);
    }
  }

  private void end(Sequence sequence, FinishReason reason) {
    release(sequence);
    finish(sequence, reason);
  }

  private static void finish(Sequence sequence, FinishReason reason) {
    try {
      sequence.finish(reason);
    } catch (RuntimeException | Error failure) { // it is in no list any more: nobody else would
      sequence.fail(failure);
    }
  }

  private void release(Sequence sequence) {
    running.remove(sequence);
    int slot = sequence.slot();
    if (forgotten.remove(sequence)) {
      slots.holds(slot, Beginning.NONE);
    } else if (sequence.begun()) {
      slots.holds(slot, new Beginning(sequence.computedTokens(), slots.held(slot).exact()));
    }
    slots.free(slot);
  }

  private void failRunning(Throwable cause) {
    List<Sequence> failed = List.copyOf(running);
    running.clear();
    forgotten.clear();
    slots.forget();
    failed.forEach(
        sequence -> {
          slots.free(sequence.slot());
          sequence.fail(cause);
        });
  }

  private void failArrivals() {
    List<Arrival> late = new ArrayList<>();
    arrivals.drainTo(late);
    Throwable why = retired.orElseGet(() -> new ModelException("The model is closed."));
    late.forEach(arrival -> arrival.fail(why));
  }
}
