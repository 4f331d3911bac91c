package dev.parley.queue;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What runs and waits at one moment, by counts alone. Immutable.
 *
 * @param answers by platform's name, without those where nothing runs or waits
 * @param background what nobody waits for
 * @param oldest how long the answer that waits longest has waited, since the last start; empty
 *     where none waits
 * @param last until the last answer that waits is thought to begin; empty where none waits
 */
public record QueueState(
    SortedMap<String, Counts> answers,
    Counts background,
    Optional<Duration> oldest,
    Optional<Duration> last) {
  public QueueState {
    answers = Collections.unmodifiableSortedMap(new TreeMap<>(answers));
  }

  /** How many run and how many wait. */
  public record Counts(int running, int waiting) {
    static final Counts NONE = new Counts(0, 0);
    static final Counts RUNS = new Counts(1, 0);
    static final Counts WAITS = new Counts(0, 1);

    Counts plus(Counts more) {
      return new Counts(running + more.running, waiting + more.waiting);
    }
  }

  /** Whether there is nothing at all. */
  public boolean isEmpty() {
    return answers.isEmpty() && background.equals(Counts.NONE);
  }

  static QueueState of(
      Map<QueuedGeneration, Counts> all, Optional<Duration> oldest, Optional<Duration> last) {
    SortedMap<String, Counts> answers = new TreeMap<>();
    Counts background = Counts.NONE;
    for (Map.Entry<QueuedGeneration, Counts> one : all.entrySet()) {
      GenerationRequest request = one.getKey().request;
      switch (request.priority()) {
        case ANSWER -> answers.merge(request.place().platform(), one.getValue(), Counts::plus);
        case BACKGROUND -> background = background.plus(one.getValue());
      }
    }
    return new QueueState(answers, background, oldest, last);
  }
}
