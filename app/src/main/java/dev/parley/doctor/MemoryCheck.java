package dev.parley.doctor;

import dev.parley.model.engine.MemoryNeed;
import dev.parley.model.transformer.Processor;

/** Whether a model of this process fits into the machine's memory. */
final class MemoryCheck {
  private static final long MEGABYTE = 1_000_000;

  private MemoryCheck() {}

  /**
   * What a model will take at most. It is a problem where it cannot even be loaded.
   *
   * @param machine bytes there are
   */
  static Diagnosis of(MemoryNeed need, long machine) {
    if (need.processor() == Processor.CUDA) {
      long weights = need.network().weights();
      return Diagnosis.good(
          "memory of the card for the model: %,d MB, %,d MB with all slots full"
              .formatted(mega(weights), mega(weights + need.network().cache())));
    }
    if (need.toLoad() > machine) {
      return Diagnosis.problem(
          ("memory for the model: %,d MB to load it, and the machine has %,d MB: take a smaller"
                  + " model (./parley model list), or a server elsewhere by PARLEY_MODEL_URL.")
              .formatted(mega(need.toLoad()), machine / MEGABYTE));
    }
    String text =
        ("memory for the model: %,d MB, %,d MB with all slots full, up to %,d MB more for idle"
                + " conversations; the machine has %,d MB")
            .formatted(
                mega(need.besideCache()), mega(need.full()), mega(need.idle()), machine / MEGABYTE);
    return need.most() > machine
        ? Diagnosis.note(
            text
                + ": lower model.slots, model.context or model.idle-memory-mb, or take a smaller"
                + " model.")
        : Diagnosis.good(text);
  }

  private static long mega(long bytes) {
    return Math.ceilDiv(bytes, MEGABYTE);
  }
}
