package dev.parley.model.ranking;

import dev.parley.model.ChatMessage;
import dev.parley.model.Generation;
import dev.parley.model.GenerationOptions;
import dev.parley.model.GenerationResult;
import dev.parley.model.LanguageModel;
import dev.parley.model.ModelException;
import dev.parley.model.TextListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers to one question that are written at the same time, of which one is given. They are held
 * back until all are there; a contest that gave way hands the first one on as it grows.
 * Thread-safe.
 */
final class Contest implements Generation {
  private static final Logger log = LoggerFactory.getLogger(Contest.class);

  private final List<ChatMessage> prompt;
  private final TextListener listener;
  private final Judge judge;
  private final long began = System.nanoTime();
  private final CompletableFuture<GenerationResult> result = new CompletableFuture<>();
  private final List<Entry> entries = new ArrayList<>();

  // all below: guarded by this
  private State state = State.HELD_BACK;

  private enum State {
    /** All are written. */
    HELD_BACK,
    /** The first alone goes on. */
    GAVE_WAY,
    /** One was given. */
    DECIDED
  }

  private record Piece(String text, boolean thought) {
    void to(TextListener listener) {
      if (thought) {
        listener.thought(text);
      } else {
        listener.text(text);
      }
    }
  }

  /** One of the answers. */
  private final class Entry implements TextListener {
    private final boolean first;

    /** Set before anybody else knows of the contest. */
    private volatile @Nullable Generation generation;

    /** Guarded by the contest. */
    private final List<Piece> held = new ArrayList<>();

    Entry(boolean first) {
      this.first = first;
    }

    @Override
    public void text(String piece) {
      take(new Piece(piece, false));
    }

    @Override
    public void thought(String piece) {
      take(new Piece(piece, true));
    }

    private void take(Piece piece) {
      synchronized (Contest.this) {
        if (state == State.HELD_BACK) {
          held.add(piece);
        } else if (state == State.GAVE_WAY && first) {
          piece.to(listener);
        }
      }
    }

    Generation generation() {
      return Objects.requireNonNull(generation);
    }

    void hand() {
      held.forEach(piece -> piece.to(listener));
    }
  }

  private record Finished(Entry entry, GenerationResult result) {}

  Contest(List<ChatMessage> prompt, TextListener listener, Judge judge) {
    this.prompt = List.copyOf(prompt);
    this.listener = listener;
    this.judge = judge;
  }

  /** Begins; to be called once, before anything else. */
  void start(LanguageModel model, GenerationOptions options, int count) {
    List<CompletableFuture<GenerationResult>> all = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        Entry entry = new Entry(i == 0);
        Generation generation = model.generate(prompt, options, entry);
        entry.generation = generation;
        entries.add(entry);
        all.add(generation.result());
      }
    } catch (RuntimeException | Error e) {
      cancelFrom(0);
      throw e;
    }
    var _ =
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
            .whenCompleteAsync(
                (done, failure) -> decide(all),
                task -> Thread.ofVirtual().name("best-of").start(task));
    var _ = all.getFirst().whenComplete((done, failure) -> firstEnded(all.getFirst()));
  }

  /** The first answer alone goes on; harmless where one was given already. */
  void giveWay() {
    synchronized (this) {
      if (state != State.HELD_BACK) {
        return;
      }
      state = State.GAVE_WAY;
      try {
        entries.getFirst().hand();
      } catch (RuntimeException e) { // as the model does where its listener throws
        result.completeExceptionally(new ModelException("The answer could not be handed on.", e));
        entries.getFirst().generation().cancel();
      }
    }
    cancelFrom(1);
    firstEnded(entries.getFirst().generation().result());
  }

  /** Where the first goes on alone, its end is the end. */
  private void firstEnded(CompletableFuture<GenerationResult> first) {
    synchronized (this) {
      if (state != State.GAVE_WAY || !first.isDone()) {
        return;
      }
      state = State.DECIDED;
    }
    var _ =
        first.whenComplete(
            (done, failure) -> {
              if (failure != null) {
                result.completeExceptionally(unwrapped(failure));
              } else {
                result.complete(done);
              }
            });
  }

  /** All have ended. */
  private void decide(List<CompletableFuture<GenerationResult>> all) {
    List<Finished> finished = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (!all.get(i).isCompletedExceptionally()) {
        finished.add(new Finished(entries.get(i), all.get(i).join()));
      }
    }
    if (finished.isEmpty()) {
      giveWay(); // the first one's failure is told
      return;
    }
    Finished best = best(finished);
    synchronized (this) {
      if (state != State.HELD_BACK) {
        return;
      }
      state = State.DECIDED;
      try {
        best.entry.hand();
      } catch (RuntimeException e) {
        result.completeExceptionally(new ModelException("The answer could not be handed on.", e));
        return;
      }
    }
    result.complete(asOne(best.result));
  }

  /** The first where nothing can be said. */
  private Finished best(List<Finished> finished) {
    List<Finished> some = finished.stream().filter(each -> !each.result.text().isBlank()).toList();
    if (some.size() < 2) {
      return some.isEmpty() ? finished.getFirst() : some.getFirst();
    }
    try {
      double[] scores = judge.score(prompt, some.stream().map(each -> each.result.text()).toList());
      int best = 0;
      for (int i = 1; i < scores.length; i++) {
        best = scores[i] > scores[best] ? i : best;
      }
      return some.get(best);
    } catch (RuntimeException | LinkageError e) {
      log.warn("The best answer could not be chosen: the first is given", e);
      return some.getFirst();
    }
  }

  /** To whoever waited, its first token came with its last. */
  private GenerationResult asOne(GenerationResult best) {
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    return new GenerationResult(
        best.thought(),
        best.text(),
        best.finishReason(),
        best.promptTokens(),
        best.cachedTokens(),
        best.generatedTokens(),
        best.waited(),
        took,
        took);
  }

  private void cancelFrom(int index) {
    entries
        .subList(Math.min(index, entries.size()), entries.size())
        .forEach(entry -> entry.generation().cancel());
  }

  private static Throwable unwrapped(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** What there is of the first answer is given. */
  @Override
  public void cancel() {
    giveWay();
    entries.getFirst().generation().cancel();
  }

  @Override
  public CompletableFuture<GenerationResult> result() {
    return result;
  }
}
