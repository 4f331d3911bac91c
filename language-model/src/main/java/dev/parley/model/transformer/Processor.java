package dev.parley.model.transformer;

import ai.djl.engine.Engine;
import ai.djl.util.Utils;
import dev.parley.model.ModelException;
import java.util.Locale;

/** What computes a network. */
public enum Processor {
  CPU,
  /** NVIDIA cards, all that there are. */
  CUDA;

  /**
   * Cards where libtorch finds one, else the processor. Starts libtorch.
   *
   * @throws ModelException where that cannot be
   */
  public static Processor best() {
    return cards() > 0 ? CUDA : CPU;
  }

  /** The weights that suit it best. */
  public Weights usualWeights() {
    return this == CUDA ? Card.all().getFirst().usualWeights() : Weights.FP16;
  }

  /**
   * Checks that it is there.
   *
   * @throws ModelException where there is no card or libtorch has no support for it, or where
   *     libtorch itself cannot be started
   */
  void check() {
    if (cards() == 0 && this == CUDA) {
      throw new ModelException(
          "libtorch finds no NVIDIA card: set the processor to auto or cpu, or give libtorch with"
              + " CUDA by PYTORCH_LIBRARY_PATH, PYTORCH_VERSION and PYTORCH_FLAVOR.");
    }
  }

  private static int cards() {
    try {
      return Engine.getEngine("PyTorch").getGpuCount();
    } catch (RuntimeException | LinkageError e) { // what DJL throws where there is no libtorch
      throw ModelException.ofLibrary("libtorch", e, Utils.getEngineCacheDir());
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
