package dev.parley.model.transformer;

import ai.djl.Device;
import ai.djl.engine.Engine;
import java.util.Locale;

/** What computes a network. */
public enum Processor {
  CPU,
  /** The first NVIDIA card. */
  CUDA;

  /** A card where libtorch finds one, else the processor. Starts libtorch. */
  public static Processor best() {
    return Engine.getEngine("PyTorch").getGpuCount() > 0 ? CUDA : CPU;
  }

  /** The weights that suit it best. */
  public Weights usualWeights() {
    return this == CUDA ? Card.of(device()).usualWeights() : Weights.FP16;
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

  Device device() {
    return this == CUDA ? Device.gpu(0) : Device.cpu();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
