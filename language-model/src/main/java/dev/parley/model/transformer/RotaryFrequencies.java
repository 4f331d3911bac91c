package dev.parley.model.transformer;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * How fast each pair of a head's dimensions turns with the position (Su et al. 2021), in radians a
 * position. Immutable.
 */
final class RotaryFrequencies {
  private final double[] frequencies;

  private RotaryFrequencies(double[] frequencies) {
    this.frequencies = frequencies;
  }

  /**
   * {@code base^(-2i/headDim)} for each pair {@code i}.
   *
   * @param headDim even
   */
  static RotaryFrequencies of(double base, int headDim) {
    double[] frequencies = new double[headDim / 2];
    Arrays.setAll(frequencies, i -> Math.pow(base, -2.0 * i / headDim));
    return new RotaryFrequencies(frequencies);
  }

  /** All of them slower: positions are squeezed together (Chen et al. 2023). */
  RotaryFrequencies linear(double factor) {
    return map(frequency -> frequency / factor);
  }

  /** Each divided by its own factor, as GGUF keeps the scaling of Llama 3. */
  RotaryFrequencies dividedBy(float[] factors) {
    double[] divided = new double[frequencies.length];
    Arrays.setAll(divided, i -> frequencies[i] / factors[i]);
    return new RotaryFrequencies(divided);
  }

  /**
   * The scaling of Llama 3.1 ({@code _compute_llama3_parameters} of transformers): slow turns are
   * slowed, quick ones are left, with a smooth passage between.
   *
   * @param lowFactor wavelengths above the original length over this are slowed whole
   * @param highFactor those below the original length over this are left
   * @param originalLength context length the model was first trained for
   */
  RotaryFrequencies llama3(
      double factor, double lowFactor, double highFactor, double originalLength) {
    return map(
        frequency -> {
          double turns = originalLength * frequency / (2 * Math.PI);
          double smooth = (turns - lowFactor) / (highFactor - lowFactor);
          double kept = Math.clamp(smooth, 0.0, 1.0);
          return (1 - kept) * frequency / factor + kept * frequency;
        });
  }

  /** The angle at a position; the second half of a head turns like the first. */
  double angle(int position, int dimension) {
    return position * frequencies[dimension % frequencies.length];
  }

  private RotaryFrequencies map(DoubleUnaryOperator scale) {
    return new RotaryFrequencies(Arrays.stream(frequencies).map(scale).toArray());
  }
}
