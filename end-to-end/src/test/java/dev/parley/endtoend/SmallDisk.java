package dev.parley.endtoend;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A disk of its own in memory, which can be filled. A process holds it, in whose namespace it is
 * mounted: whoever is to see it at its place is started by {@link #around}, and it outlives them.
 */
public final class SmallDisk implements AutoCloseable {
  private final Process holder;
  private final Path at;

  /**
   * Mounts one.
   *
   * @param at an empty folder
   */
  SmallDisk(Path at, int megabytes) throws IOException {
    this.at = at;
    this.holder =
        new ProcessBuilder(
                "unshare",
                "-rm",
                "sh",
                "-c",
                "mount -t tmpfs -o size=%dm none \"$1\" && echo mounted && exec sleep 1000000"
                    .formatted(megabytes),
                "sh",
                at.toString())
            .start();
    if (holder.inputReader().readLine() == null) {
      throw new IOException(holder.errorReader().readLine());
    }
  }

  /** Whether this machine lets a process mount something for itself. */
  public static boolean canMount() throws InterruptedException {
    try {
      return new ProcessBuilder("unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt")
              .redirectErrorStream(true)
              .start()
              .waitFor()
          == 0;
    } catch (IOException noSuchProgram) {
      return false;
    }
  }

  /** What starts a process that sees it. */
  List<String> around() {
    return List.of("nsenter", "-t", "" + holder.pid(), "-U", "-m", "--preserve-credentials", "--");
  }

  /** The same folder for everybody else. */
  Path seenFromOutside() {
    return Path.of("/proc/" + holder.pid() + "/root" + at.toAbsolutePath());
  }

  /** Until not a byte has room any more. */
  void fill() {
    byte[] zeros = new byte[4096];
    try (OutputStream out = Files.newOutputStream(ballast())) {
      while (true) {
        out.write(zeros);
      }
    } catch (IOException full) {
      // that was to be reached
    }
  }

  void makeRoom() {
    try {
      Files.deleteIfExists(ballast());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path ballast() {
    return seenFromOutside().resolve("ballast");
  }

  @Override
  public void close() {
    holder.destroyForcibly();
  }
}
