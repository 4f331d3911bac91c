package dev.parley.launcher;

import dev.parley.model.SamplingOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options by which a command's user says how tokens are drawn. */
final class Drawing {
  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      converter = Seed.class,
      description = "The same number, the same answers.")
  private @Nullable Long seed;

  @Option(
      names = "--temperature",
      paramLabel = "NUMBER",
      converter = Temperature.class,
      description = "0 is the most probable answer, 1 free.")
  private @Nullable Double temperature;

  /** What suits the model, but for what the user said. */
  SamplingOptions of(SamplingOptions usual) {
    SamplingOptions sampling = temperature == null ? usual : usual.withTemperature(temperature);
    return seed == null ? sampling : sampling.withSeed(seed);
  }
}
