package dev.parley.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Java, memory, disk, and what libraries want of a system. */
public final class MachineCheck {
  private static final long LITTLE_SPACE = 1_000_000_000;
  private static final long LITTLE_MEMORY = 1_500_000_000;
  private static final long NO_SPACE = 1_000_000;

  private MachineCheck() {}

  public static List<Diagnosis> of(Path home) throws InterruptedException {
    return List.of(
        java(),
        memory(),
        disk(home),
        temporaryFolder(Path.of(System.getProperty("java.io.tmpdir", "/tmp"))),
        fonts());
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
      Folder folder = Folder.existing(home);
      long free = Files.getFileStore(folder.path()).getUsableSpace();
      String text = "data folder %s, %,d MB free".formatted(home, free / 1_000_000);
      if (!folder.takesFiles()) {
        return Diagnosis.problem(
            text
                + (Files.isDirectory(folder.path()) && free < NO_SPACE
                    ? ": the disk is full; make room, or choose another with PARLEY_HOME."
                    : ": it cannot be written; check who owns it, or choose another with"
                        + " PARLEY_HOME."));
      }
      return free < LITTLE_SPACE
          ? Diagnosis.note(text + ": make room, a model alone may need 1,000 MB.")
          : Diagnosis.good(text);
    } catch (IOException e) {
      return Diagnosis.problem(
          "data folder " + home + " cannot be looked at: check the disk, or set PARLEY_HOME.");
    }
  }

  /** Where SQLite's library is unpacked, and loaded from. */
  private static Diagnosis temporaryFolder(Path path) throws InterruptedException {
    String other = "choose another with PARLEY_JAVA_OPTS=\"-Xmx512m -Djava.io.tmpdir=FOLDER\".";
    Folder folder = new Folder(path);
    try {
      if (!folder.takesFiles()) {
        return Diagnosis.problem(
            "temporary folder %s cannot be written: check that it is there and has room, or %s"
                .formatted(path, other));
      }
      return folder.runsPrograms()
          ? Diagnosis.good("temporary folder " + path + " takes libraries")
          : Diagnosis.problem(
              "temporary folder %s is mounted noexec, and no library can be loaded from there: %s"
                  .formatted(path, other));
    } catch (IOException e) {
      return Diagnosis.problem(
          "temporary folder %s cannot be looked at: check the disk, or %s".formatted(path, other));
    }
  }

  /** Without any, Java cannot write into pictures, and says so with one of several errors. */
  private static Diagnosis fonts() {
    System.setProperty("java.awt.headless", "true");
    try {
      new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics().getFontMetrics();
      return Diagnosis.good("fonts for pictures are there");
    } catch (RuntimeException | Error e) {
      return Diagnosis.note(
          "no fonts are here, and pictures of training and ./parley bench fail without: install"
              + " fontconfig and a font, such as the package fonts-dejavu-core.");
    }
  }
}
