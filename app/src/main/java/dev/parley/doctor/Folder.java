package dev.parley.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * What can be done in a folder, found out by doing it: rights alone say nothing of disks that are
 * full or only read, nor of what the administrator may do. Nothing stays there.
 *
 * @param path of something that exists
 */
record Folder(Path path) {
  /** As much as SQLite needs to begin. */
  private static final int LITTLE = 64 << 10;

  /** Whether it is a folder, and files can be written there. */
  boolean takesFiles() {
    try {
      Path file = Files.createTempFile(path, "parley", ".tmp");
      try {
        Files.write(file, new byte[LITTLE]);
        return true;
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether programs run from there: where they do not, no library can be loaded either. */
  boolean runsPrograms() throws IOException, InterruptedException {
    if (!Files.getFileStore(path).supportsFileAttributeView(PosixFileAttributeView.class)) {
      return true;
    }
    Path program = Files.createTempFile(path, "parley", ".sh");
    try {
      Files.writeString(program, "#!/bin/sh\n");
      Files.setPosixFilePermissions(
          program, Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_EXECUTE));
      return starts(program);
    } finally {
      Files.delete(program);
    }
  }

  private static boolean starts(Path program) throws InterruptedException {
    try {
      return new ProcessBuilder(program.toString()).start().waitFor() == 0;
    } catch (IOException refused) {
      return false;
    }
  }

  /** The folder itself, or what it would be made in. */
  static Folder existing(Path path) {
    Path parent = path.getParent();
    return Files.exists(path) || parent == null ? new Folder(path) : existing(parent);
  }
}
