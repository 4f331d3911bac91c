package dev.parley.model.transformer;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.util.cuda.CudaUtils;
import java.util.Locale;

/** What computes a network. */
public enum Processor {
  CPU,
  /** The first NVIDIA card. */
  CUDA;

  /** Compute capability from which a card multiplies bf16 (Ampere). */
  private static final int AMPERE = 80;

  /** A card where libtorch finds one, else the processor. Starts libtorch. */
  public static Processor best() {
    return Engine.getEngine("PyTorch").getGpuCount() > 0 ? CUDA : CPU;
  }

  /** The weights that suit it best. */
  public Weights usualWeights() {
    return this == CUDA && computeCapability() >= AMPERE ? Weights.BF16 : Weights.FP16;
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

  private static int computeCapability() {
    String digits = CudaUtils.getComputeCapability(0);
    return Integer.parseInt(digits);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
