package dev.parley.launcher;

import dev.parley.configuration.Configuration;
import dev.parley.loading.Models;
import dev.parley.logging.Logging;
import dev.parley.model.ChatMessage;
import dev.parley.model.Generation;
import dev.parley.model.GenerationOptions;
import dev.parley.model.GenerationResult;
import dev.parley.model.LanguageModel;
import dev.parley.model.SamplingOptions;
import dev.parley.model.TextListener;
import dev.parley.model.engine.LocalModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code parley bench}: how fast this machine reads and writes, measured through the whole engine.
 */
@Command(
    name = "bench",
    description = "Measures the model's speed on this machine.",
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
  private static final int TOKENS = 128;
  private static final int[] BATCHES = {1, 4, 8, 16};

  @Option(
      names = "--rounds",
      paramLabel = "NUMBER",
      description = "Medians are over so many rounds.",
      defaultValue = "3")
  private int rounds;

  @Override
  public Integer call() throws Exception {
    Configuration configuration = Parley.configuration();
    Logging.start(configuration, false);
    long start = System.nanoTime();
    try (LanguageModel model = new Models(configuration, System.err).load().model()) {
      System.out.printf("%s, loaded in %.1f s%n", model.info().name(), seconds(start));
      GenerationResult first = run(model, 1, "warm up", TOKENS).getFirst();
      System.out.printf("first words after %.2f s%n", first.toFirstToken().toNanos() / 1e9);
      if (model instanceof LocalModel local) {
        int tokens = first.promptTokens() + first.generatedTokens();
        System.out.printf(
            "resident memory beside the KV cache: %.0f MB; the cache takes up to %.0f MB%n",
            residentMegabytes() - tokens * local.cacheBytesPerToken() / 1e6,
            local.cacheBytes() / 1e6);
      }
      System.out.printf("reading a prompt of about 512: %.0f tokens/s%n", prefill(model));
      for (int batch : BATCHES) {
        if (batch > model.capacity().parallel()) {
          System.out.println("PARLEY_MODEL_SLOTS allows no more at once");
          break;
        }
        System.out.printf("writing, %2d at once: %.0f tokens/s%n", batch, decode(model, batch));
      }
    }
    return 0;
  }

  private double prefill(LanguageModel model) {
    double[] speeds = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      GenerationResult result =
          run(model, 1, round + " different words " + "one two three ".repeat(160), 1).getFirst();
      speeds[round] =
          (result.promptTokens() - result.cachedTokens())
              / (result.toFirstToken().minus(result.waited()).toNanos() / 1e9);
    }
    return median(speeds);
  }

  /**
   * Tokens a second of all answers together, from the first token of the last to the end of the
   * first.
   */
  private double decode(LanguageModel model, int batch) {
    double[] speeds = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      long begin = System.nanoTime();
      List<GenerationResult> results =
          run(model, batch, "Tell a long story, number " + round, TOKENS);
      long tokens = results.stream().mapToLong(GenerationResult::generatedTokens).sum();
      Duration reading =
          results.stream()
              .map(GenerationResult::toFirstToken)
              .max(Duration::compareTo)
              .orElseThrow();
      speeds[round] =
          tokens / (seconds(begin) - Math.min(reading.toNanos() / 1e9, seconds(begin) / 2));
    }
    return median(speeds);
  }

  private static List<GenerationResult> run(
      LanguageModel model, int batch, String text, int tokens) {
    List<Generation> generations = new ArrayList<>();
    for (int i = 0; i < batch; i++) {
      SamplingOptions sampling = SamplingOptions.GREEDY.withTemperature(1).withSeed(i);
      generations.add(
          model.generate(
              List.of(ChatMessage.user(text + " of teller " + i)),
              GenerationOptions.of(tokens, sampling),
              TextListener.NONE));
    }
    return generations.stream().map(generation -> generation.result().join()).toList();
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  /** As Linux tells; 0 elsewhere. */
  private static double residentMegabytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1_000)
        .findFirst()
        .orElse(0);
  }
}
