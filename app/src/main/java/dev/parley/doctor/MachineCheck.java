package dev.parley.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Java, memory and disk. */
public final class MachineCheck {
  private static final long LITTLE_SPACE = 1_000_000_000;
  private static final long LITTLE_MEMORY = 1_500_000_000;

  private MachineCheck() {}

  public static List<Diagnosis> of(Path home) {
    return List.of(java(), memory(), disk(home));
  }

  private static Diagnosis java() {
    return Diagnosis.good(
        "Java " + Runtime.version() + " in " + System.getProperty("java.home", "an unknown place"));
  }

  private static Diagnosis memory() {
    long bytes =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    String text = "memory %,d MB".formatted(bytes / 1_000_000);
    return bytes < LITTLE_MEMORY
        ? Diagnosis.note(
            text
                + ": little for a model; take the smallest, or a server elsewhere by"
                + " PARLEY_MODEL_URL.")
        : Diagnosis.good(text);
  }

  private static Diagnosis disk(Path home) {
    try {
      Path folder = existing(home);
      long free = Files.getFileStore(folder).getUsableSpace();
      String text = "data folder %s, %,d MB free".formatted(home, free / 1_000_000);
      if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
        return Diagnosis.problem(
            text
                + ": it cannot be written; check who owns it, or choose another with PARLEY_HOME.");
      }
      return free < LITTLE_SPACE
          ? Diagnosis.note(text + ": make room, a model alone may need 1,000 MB.")
          : Diagnosis.good(text);
    } catch (IOException e) {
      return Diagnosis.problem(
          "data folder " + home + " cannot be looked at: check the disk, or set PARLEY_HOME.");
    }
  }

  /** The folder, or what it would be made in. */
  private static Path existing(Path home) {
    Path parent = home.getParent();
    return Files.exists(home) || parent == null ? home : existing(parent);
  }
}
