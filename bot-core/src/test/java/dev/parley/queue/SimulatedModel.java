package dev.parley.queue;

import dev.parley.model.Capacity;
import dev.parley.model.ChatMessage;
import dev.parley.model.FinishReason;
import dev.parley.model.Generation;
import dev.parley.model.GenerationOptions;
import dev.parley.model.GenerationResult;
import dev.parley.model.LanguageModel;
import dev.parley.model.ModelInfo;
import dev.parley.model.TextListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * An engine in virtual time: like the real one, each step reads a piece of one prompt and writes a
 * token of every answer, and takes longer the more it does. Confined to the test's thread.
 */
final class SimulatedModel implements LanguageModel {
  private static final int SLOTS = 8;
  private static final int PIECE = 64;
  private static final double PREFILL_TOKENS_PER_SECOND = 450;
  private static final double STEP_SECONDS = 0.012;
  private static final double STEP_SECONDS_PER_ANSWER = 0.004;

  /** The virtual time in seconds. */
  double now;

  private final List<Run> running = new ArrayList<>();

  /** Measured as the engine does: what reading takes from others is in no figure. */
  private double stepSeconds = STEP_SECONDS + STEP_SECONDS_PER_ANSWER;

  /** One generation: its prompt says how many tokens it has and how many its answer will have. */
  private static final class Run implements Generation {
    final int promptTokens;
    final int answerTokens;
    final TextListener listener;
    final CompletableFuture<GenerationResult> result = new CompletableFuture<>();
    int read;
    int written;

    Run(String[] lengths, TextListener listener) {
      promptTokens = Integer.parseInt(lengths[0]);
      answerTokens = Integer.parseInt(lengths[1]);
      this.listener = listener;
    }

    @Override
    public void cancel() {
      throw new UnsupportedOperationException("nobody stops in the simulation");
    }

    @Override
    public CompletableFuture<GenerationResult> result() {
      return result;
    }
  }

  static String prompt(int promptTokens, int answerTokens) {
    return promptTokens + " " + answerTokens;
  }

  boolean idle() {
    return running.isEmpty();
  }

  /** Does one step; returns the tokens computed in it. */
  int step() {
    List<Run> ended = new ArrayList<>();
    double seconds = 0;
    int computed = 0;
    List<Run> writing = running.stream().filter(run -> run.read == run.promptTokens).toList();
    for (Run run : running) {
      if (run.read < run.promptTokens) {
        int piece = Math.min(PIECE, run.promptTokens - run.read);
        run.read += piece;
        computed += piece;
        seconds += piece / PREFILL_TOKENS_PER_SECOND;
        break;
      }
    }
    if (!writing.isEmpty()) {
      double step = STEP_SECONDS + STEP_SECONDS_PER_ANSWER * writing.size();
      stepSeconds += 0.1 * (step - stepSeconds);
      seconds += step;
      computed += writing.size();
    }
    now += seconds;
    for (Run run : writing) {
      run.written++;
      run.listener.text("x");
      if (run.written == run.answerTokens) {
        ended.add(run);
      }
    }
    running.removeAll(ended);
    for (Run run : ended) {
      run.result.complete(
          new GenerationResult(
              "",
              FinishReason.END,
              run.promptTokens,
              0,
              run.written,
              Duration.ZERO,
              Duration.ZERO,
              Duration.ZERO));
    }
    return computed;
  }

  @Override
  public Generation generate(
      List<ChatMessage> messages, GenerationOptions options, TextListener listener) {
    Run run = new Run(messages.getLast().text().split(" ", -1), listener);
    running.add(run);
    return run;
  }

  @Override
  public Capacity capacity() {
    return new Capacity(SLOTS, PREFILL_TOKENS_PER_SECOND, 1 / stepSeconds);
  }

  @Override
  public ModelInfo info() {
    return new ModelInfo("simulated", "1", 4_096, "Apache-2.0", List.of());
  }

  @Override
  public int countTokens(List<ChatMessage> messages) {
    return messages.size();
  }

  @Override
  public void close() {}
}
