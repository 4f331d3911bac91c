package dev.parley.model.catalogue;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Set;

/**
 * What a model has to run on.
 *
 * @param memory of the machine or container, in bytes
 * @param cardMemory of the graphics card, in bytes; 0 where there is none
 * @param architectures that the engine runs, in GGUF's words
 */
public record Machine(long memory, long cardMemory, Set<String> architectures) {
  public Machine {
    architectures = Set.copyOf(architectures);
  }

  /** This machine, with what the engine knows of its card. */
  public static Machine here(long cardMemory, Set<String> architectures) {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new Machine(system.getTotalMemorySize(), cardMemory, architectures);
  }

  /** Whether this version's engine can run it at all. */
  public boolean supports(CatalogueEntry entry) {
    return architectures.contains(entry.architecture());
  }

  /** Whether it can run it with the memory that is here. */
  public boolean holds(CatalogueEntry entry) {
    return entry.minimumMemory() <= Math.max(memory, cardMemory);
  }
}
