package dev.parley.model.engine;

import dev.parley.model.Capacity;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * The engines of a model, one for each graphics card, or a single one. All have the same weights; a
 * generation runs on one of them from its beginning to its end. Thread-safe.
 */
final class Engines implements AutoCloseable {
  /** Reading a conversation anew costs less than waiting behind so many more. */
  private static final int CLEARLY_BUSIER = 2;

  /** As many and in the same order always, one exchanged for another by the watchdog alone. */
  private final List<Engine> all;

  /** Those that were exchanged. */
  private final List<Engine> retired = new CopyOnWriteArrayList<>();

  private final Watchdog watchdog;

  /**
   * @param all at least one; closed with this
   * @param fresh loads one for another's place
   */
  Engines(List<Engine> all, Watchdog.Fresh fresh) {
    this.all = new CopyOnWriteArrayList<>(all);
    this.watchdog = new Watchdog(this, fresh);
    watchdog.start();
  }

  List<Engine> all() {
    return all;
  }

  Watchdog watchdog() {
    return watchdog;
  }

  void replace(int index, Engine other) {
    retired.add(all.set(index, other));
  }

  /** Tokens that fit into a slot of any of them. */
  int slotLength() {
    return all.stream().mapToInt(engine -> engine.transformer().slotLength()).min().orElseThrow();
  }

  int vocabulary() {
    return all.getFirst().transformer().vocabulary();
  }

  /** Room is that of all together, speed that of one, as a generation runs on one. */
  Capacity capacity() {
    return new Capacity(
        all.stream().mapToInt(Engine::parallel).sum(),
        all.stream().mapToDouble(e -> e.speed().prefillTokensPerSecond()).average().orElseThrow(),
        all.stream().mapToDouble(e -> e.speed().decodeTokensPerSecond()).average().orElseThrow());
  }

  /**
   * Starts a generation where most of its prompt is in a slot, unless that engine is full or
   * clearly busier than another for what it can run at once; else where the least is to do.
   */
  void submit(Sequence sequence) {
    best(sequence.prompt()).submit(sequence);
  }

  private Engine best(int[] prompt) {
    if (all.size() == 1) {
      return all.getFirst();
    }
    Engine idlest = all.stream().min(Comparator.comparingDouble(Engines::load)).orElseThrow();
    Engine holder =
        all.stream()
            .max(
                Comparator.<Engine>comparingInt(engine -> engine.common(prompt))
                    .thenComparingInt(Engine::free))
            .orElseThrow();
    boolean worthIt =
        holder.common(prompt) >= Slots.WORTH_COPYING
            && holder.free() > 0
            && present(holder) < load(idlest) * holder.parallel() + CLEARLY_BUSIER;
    return worthIt ? holder : idlest;
  }

  private static int present(Engine engine) {
    return engine.parallel() - engine.free();
  }

  /** What is present, of what may run at once: cards may have room for very different numbers. */
  private static double load(Engine engine) {
    return (double) present(engine) / engine.parallel();
  }

  /** Drops what all of them keep, and waits. */
  void forget() {
    all.stream().map(Engine::forget).toList().forEach(CompletableFuture::join);
  }

  /** Whether nothing uses the model's files any more, once this is closed. */
  boolean haveEnded() {
    return Stream.concat(all.stream(), retired.stream()).allMatch(Engine::hasEnded);
  }

  @Override
  public void close() {
    watchdog.close();
    all.forEach(Engine::close);
    retired.forEach(Engine::close);
  }
}
