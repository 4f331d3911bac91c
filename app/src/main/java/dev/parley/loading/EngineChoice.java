package dev.parley.loading;

import dev.parley.configuration.Configuration;
import dev.parley.model.transformer.Processor;
import dev.parley.model.transformer.Weights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * What a local model computes on. Made after a model was loaded: that starts libtorch, whose folder
 * and threads are set by then.
 *
 * @param processorReason why this one; likewise the others
 */
public record EngineChoice(
    Processor processor,
    String processorReason,
    Weights weights,
    String weightsReason,
    int threads,
    String threadsReason) {

  public static EngineChoice of(Configuration.Model wanted) {
    Processor processor = wanted.processor().orElseGet(Processor::best);
    return new EngineChoice(
        processor,
        wanted
            .processor()
            .map(_ -> "as model.processor says")
            .orElse(
                processor == Processor.CUDA
                    ? "auto: libtorch finds an NVIDIA card"
                    : "auto: libtorch finds no NVIDIA card"),
        wanted.weights().orElseGet(processor::usualWeights),
        wanted.weights().map(_ -> "as model.weights says").orElse("auto: what suits it"),
        wanted.threads().orElseGet(EngineChoice::usualThreads),
        wanted.threads().map(_ -> "as model.threads says").orElse("auto: all cores"));
  }

  /** OpenMP's own default, which its variable can change. */
  private static int usualThreads() {
    return Optional.ofNullable(System.getenv("OMP_NUM_THREADS"))
        .filter(text -> text.matches("[1-9]\\d{0,3}"))
        .map(Integer::valueOf)
        .orElseGet(() -> Runtime.getRuntime().availableProcessors());
  }

  /** Whether the system has a card that this engine does not use though it may. */
  public boolean leavesACardUnused() {
    return processor == Processor.CPU
        && processorReason.startsWith("auto")
        && Files.exists(Path.of("/dev/nvidia0"));
  }

  /** In one line, such as {@code CPU, 2 threads, fp16}. */
  public String summary() {
    String computes =
        processor == Processor.CUDA
            ? "NVIDIA card"
            : threads == 1 ? "CPU, 1 thread" : "CPU, " + threads + " threads";
    return computes + ", " + weights.name().toLowerCase(Locale.ROOT);
  }
}
