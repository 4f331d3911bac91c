package dev.parley.model.transformer;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import java.lang.management.MemoryUsage;

/**
 * A graphics card as it was found at the start.
 *
 * @param computeCapability what it can, such as 86 for 8.6
 * @param total bytes of its memory
 * @param free how many of them nobody uses
 */
record Card(String name, int computeCapability, long total, long free) {
  /** From here on a card multiplies bf16. */
  private static final int AMPERE = 80;

  static Card of(Device device) {
    MemoryUsage memory = CudaUtils.getGpuMemory(device);
    int number = device.getDeviceId();
    return new Card(
        "NVIDIA card " + number,
        Integer.parseInt(CudaUtils.getComputeCapability(number)),
        memory.getMax(),
        memory.getMax() - memory.getUsed());
  }

  /** The weights that suit it best. */
  Weights usualWeights() {
    return computeCapability >= AMPERE ? Weights.BF16 : Weights.FP16;
  }
}
