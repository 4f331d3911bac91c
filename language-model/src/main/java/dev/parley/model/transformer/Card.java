package dev.parley.model.transformer;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.util.cuda.CudaUtils;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A graphics card as it was found at the start.
 *
 * @param number from 0
 * @param computeCapability what it can, such as 86 for 8.6
 * @param total bytes of its memory
 * @param free how many of them nobody uses
 */
record Card(int number, String name, int computeCapability, long total, long free) {
  /** From here on a card multiplies bf16. */
  private static final int AMPERE = 80;

  static List<Card> all() {
    return IntStream.range(0, Engine.getEngine("PyTorch").getGpuCount())
        .mapToObj(Card::find)
        .toList();
  }

  private static Card find(int number) {
    MemoryUsage memory = CudaUtils.getGpuMemory(Device.gpu(number));
    return new Card(
        number,
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
