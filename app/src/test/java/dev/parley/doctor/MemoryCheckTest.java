package dev.parley.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.model.engine.MemoryNeed;
import dev.parley.model.transformer.Footprint;
import dev.parley.model.transformer.Processor;
import org.junit.jupiter.api.Test;

class MemoryCheckTest {
  private static final Footprint NETWORK =
      new Footprint(400_000_000, 100_000_000, 30_000_000, 20_000_000, 50_000, 750_000_000);

  private static String found(Processor processor, long machine) {
    MemoryNeed need = new MemoryNeed(processor, 300_000_000, NETWORK, 512_000_000);
    return MemoryCheck.of(need, machine).toString();
  }

  @Test
  void whatFitsIsSaidWithTheMachinesMemory() {
    assertThat(found(Processor.CPU, 2_012_000_000))
        .isEqualTo(
            "✓ memory for the model: 700 MB, 1,500 MB with all slots full, up to 512 MB more for"
                + " idle conversations; the machine has 2,012 MB");
  }

  @Test
  void whatFitsUntilItIsFullIsANoteThatSaysWhatToLower() {
    assertThat(found(Processor.CPU, 2_011_000_000))
        .startsWith("! memory for the model: 700 MB")
        .endsWith(
            "has 2,011 MB: lower model.slots, model.context or model.idle-memory-mb, or take a"
                + " smaller model.");
  }

  @Test
  void whatCannotBeLoadedIsAProblem() {
    assertThat(found(Processor.CPU, 799_000_000))
        .startsWith("✗ memory for the model: 800 MB to load it, and the machine has 799 MB: take");
  }

  @Test
  void whatLiesOnACardIsNotTheMachines() {
    assertThat(found(Processor.CUDA, 799_000_000))
        .isEqualTo("✓ memory of the card for the model: 400 MB, 1,150 MB with all slots full");
  }
}
