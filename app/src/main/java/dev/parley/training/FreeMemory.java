package dev.parley.training;

import dev.parley.model.catalogue.Machine;
import dev.parley.model.transformer.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Memory that a process of this machine or container can still have. */
public final class FreeMemory {
  private static final Path LINUX = Path.of("/proc/meminfo");
  private static final Pattern AVAILABLE = Pattern.compile("MemAvailable: +(\\d+) kB");
  private static final int KIBIBYTE = 1_024;

  private FreeMemory() {}

  /** In bytes; all there is where the system does not tell. */
  public static long here() {
    long all = Machine.here(0, Checkpoint.architectures()).memory();
    try {
      Matcher free = AVAILABLE.matcher(Files.readString(LINUX));
      return free.find() ? Math.min(all, Long.parseLong(free.group(1)) * KIBIBYTE) : all;
    } catch (IOException e) {
      return all; // no Linux
    }
  }
}
