package dev.parley.model.ranking;

import dev.parley.model.ChatMessage;
import dev.parley.model.DelegatingModel;
import dev.parley.model.Generation;
import dev.parley.model.GenerationOptions;
import dev.parley.model.LanguageModel;
import dev.parley.model.TextListener;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets models write several answers to a question where nobody else needs them, and gives the one
 * that a judge likes best. As soon as somebody else asks, the first answer alone goes on, and what
 * there is of it is given at once. Answers that are not drawn by chance, or from a given seed, are
 * written once. Shared by the models of a machine. Thread-safe.
 */
public final class BestOf implements AutoCloseable {
  private final int answers;
  private final Judge judge;

  // all below: guarded by this
  private @Nullable Contest contest;
  private int running;

  /**
   * @param answers most answers to a question, at least 2; no more than a model writes at once
   * @param judge closed with this
   */
  public BestOf(int answers, Judge judge) {
    if (answers < 2) {
      throw new IllegalArgumentException("the best is chosen of 2 or more, not of " + answers);
    }
    this.answers = answers;
    this.judge = judge;
  }

  /** The same model, choosing its answers; closing it closes the model. */
  public LanguageModel on(LanguageModel model) {
    return new Choosing(model);
  }

  private Generation generate(
      LanguageModel model,
      List<ChatMessage> messages,
      GenerationOptions options,
      TextListener listener) {
    boolean alone = enter();
    boolean started = false;
    try {
      int count = Math.min(answers, model.capacity().parallel());
      boolean drawn = options.sampling().temperature() > 0 && options.sampling().seed().isEmpty();
      Generation generation =
          alone && drawn && count > 1
              ? contest(model, messages, options, listener, count)
              : model.generate(messages, options, listener);
      started = true;
      var _ = generation.result().whenComplete((result, failure) -> leave());
      return generation;
    } finally {
      if (!started) {
        leave();
      }
    }
  }

  private Contest contest(
      LanguageModel model,
      List<ChatMessage> messages,
      GenerationOptions options,
      TextListener listener,
      int count) {
    Contest begun = new Contest(messages, listener, judge);
    begun.start(model, options, count);
    boolean alone;
    synchronized (this) {
      alone = running == 1;
      contest = begun;
    }
    if (!alone) { // somebody came while it was started
      begun.giveWay();
    }
    return begun;
  }

  /** Whether nobody else is here; those who compete give way, which those who ended need not. */
  private boolean enter() {
    Contest giving;
    synchronized (this) {
      running++;
      if (running == 1) {
        return true;
      }
      giving = contest;
    }
    if (giving != null) {
      giving.giveWay();
    }
    return false;
  }

  private synchronized void leave() {
    running--;
    if (running == 0) {
      contest = null;
    }
  }

  @Override
  public void close() {
    judge.close();
  }

  private final class Choosing extends DelegatingModel {
    private final LanguageModel model;

    Choosing(LanguageModel model) {
      super(model);
      this.model = model;
    }

    @Override
    public Generation generate(
        List<ChatMessage> messages, GenerationOptions options, TextListener listener) {
      return BestOf.this.generate(model, messages, options, listener);
    }
  }
}
