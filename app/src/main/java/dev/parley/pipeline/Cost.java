package dev.parley.pipeline;

import dev.parley.learning.TrainingPlan;
import dev.parley.model.engine.ModelParts;
import dev.parley.model.training.PolicyOptimization;
import dev.parley.model.training.TrainingOptions;
import dev.parley.model.training.data.ChatEncoder;
import dev.parley.model.training.data.Demonstration;
import dev.parley.model.training.data.EncodedData;
import dev.parley.model.training.data.EncodedExample;
import dev.parley.model.training.data.EncodedPreference;
import dev.parley.model.training.data.Preference;
import dev.parley.model.transformer.Processor;
import dev.parley.model.transformer.TrainableTransformer;
import dev.parley.model.transformer.TrainingFootprint;
import dev.parley.training.FreeMemory;
import dev.parley.training.Networks;
import dev.parley.training.Pace;
import dev.parley.training.Stage;
import dev.parley.training.Supervised;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Adds up what stages will take, with a network that learns a few rows and forgets them. Confined
 * to one thread.
 */
final class Cost implements AutoCloseable {
  private static final double SECOND = 1e9;

  private final ModelParts parts;
  private final PipelineOptions options;
  private final int longest;
  private final ChatEncoder encoder;
  private final TrainableTransformer network;
  private long steps;
  private long tokens;
  private double work; // tokens that are learned, or read and counted for less
  private int together;
  private long beside; // bytes
  private double pace;

  Cost(ModelParts parts, Processor processor, PipelineOptions options) throws IOException {
    this.parts = parts;
    this.options = options;
    this.longest = Math.min(options.maxTokens(), parts.checkpoint().contextLength());
    this.encoder = new ChatEncoder(parts.template(), parts.tokenizer(), parts.endTokens(), longest);
    this.network = Networks.lora(parts.checkpoint(), processor, longest, options.lora());
  }

  /** Adds a stage of answers. */
  void answers(List<Demonstration> rows, TrainingOptions how) {
    List<EncodedExample> encoded = EncodedData.ofDemonstrations(rows, encoder).rows();
    Supervised stage = new Supervised(false);
    measure(stage, encoded, how);
    add(encoded.stream().mapToInt(stage::tokens).toArray(), how, 0);
  }

  /** Adds a stage of pairs, all of which are read before. */
  void pairs(List<Preference> rows, TrainingOptions how) {
    List<EncodedPreference> encoded = EncodedData.ofPreferences(rows, encoder).rows();
    if (pace == 0) {
      measure(new Supervised(false), encoded.stream().map(EncodedPreference::chosen).toList(), how);
    }
    add(encoded.stream().mapToInt(EncodedPreference::tokens).toArray(), how, 1);
  }

  /**
   * Adds reinforcement learning.
   *
   * @param rows whose prompts stand for all
   */
  void policy(List<Preference> rows, PipelineOptions.Policy how) throws IOException {
    int prompt =
        (int)
            EncodedData.ofPreferences(rows, encoder).rows().stream()
                .mapToInt(row -> row.chosen().length() - row.chosen().trainedTokens())
                .average()
                .orElse(0);
    int row = Math.min(longest, prompt + how.answerTokens());
    long once = (long) how.iterations() * how.answers() * row;
    TrainingOptions learning = how.how();
    steps +=
        (long) Math.ceilDiv(how.answers(), learning.batchSize())
            * how.iterations()
            * learning.epochs();
    tokens += once * learning.epochs();
    // written about as fast as learned; then read by who wrote them, who began, and who judges
    work += once * (learning.epochs() + 1 + 3 / Pace.READING);
    together = Math.max(together, Math.max(row, learning.tokensAtOnce()));
    long judge = TrainingFootprint.of(parts.checkpoint(), Optional.empty(), 0, longest).weights();
    beside = PolicyOptimization.memoryBeside(parts.checkpoint(), row) + judge;
  }

  private <R> void measure(Stage<R> stage, List<R> rows, TrainingOptions how) {
    if (!rows.isEmpty()) {
      pace = Pace.measure(stage, network, rows, how.tokensAtOnce());
    }
  }

  private void add(int[] rows, TrainingOptions how, int reads) {
    long once = 0;
    int most = 0;
    for (int row : rows) {
      once += row;
      most = Math.max(most, row);
    }
    steps += Math.ceilDiv((long) rows.length, how.batchSize()) * how.epochs();
    tokens += once * how.epochs();
    work += once * (how.epochs() + reads / Pace.READING);
    together = Math.max(together, Math.max(most, how.tokensAtOnce()));
  }

  /** All of it. */
  TrainingPlan plan(int answers, int pairs, int judged) throws IOException {
    TrainingFootprint need =
        TrainingFootprint.of(parts.checkpoint(), Optional.of(options.lora()), together, longest);
    double seconds = pace == 0 ? 0 : work / pace;
    return new TrainingPlan(
        answers,
        pairs,
        judged,
        steps,
        tokens,
        Duration.ofNanos((long) (seconds * SECOND)),
        need.all() + beside,
        FreeMemory.here());
  }

  @Override
  public void close() {
    network.close();
  }
}
