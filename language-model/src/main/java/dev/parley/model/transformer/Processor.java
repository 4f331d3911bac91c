package dev.parley.model.transformer;

import ai.djl.engine.Engine;
import java.util.Locale;

/** What computes a network. */
public enum Processor {
  CPU,
  /** NVIDIA cards, all that there are. */
  CUDA;

  /** Cards where libtorch finds one, else the processor. Starts libtorch. */
  public static Processor best() {
    return Engine.getEngine("PyTorch").getGpuCount() > 0 ? CUDA : CPU;
  }

  /** The weights that suit it best. */
  public Weights usualWeights() {
    return this == CUDA ? Card.all().getFirst().usualWeights() : Weights.FP16;
  }

  /**
   * Checks that it is there.
   *
   * @throws IllegalStateException where there is no card or libtorch has no support for it
   */
  void check() {
    if (this == CUDA && best() != CUDA) {
      throw new IllegalStateException(
          "libtorch finds no NVIDIA card: set the device to auto or cpu, or give libtorch with CUDA"
              + " by PYTORCH_LIBRARY_PATH, PYTORCH_VERSION and PYTORCH_FLAVOR.");
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
