package dev.parley.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder of what people wrote in private, for its owner alone to read and as long as it is open.
 *
 * @param path made with the first file
 */
record PrivateFolder(Path path) implements AutoCloseable {
  /** Writes a file, which is whole at any moment. */
  Path write(String file, String lines) throws IOException {
    Files.createDirectories(path);
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    }
    Path unfinished = path.resolve(file + ".part");
    Files.writeString(unfinished, lines);
    return Files.move(
        unfinished,
        path.resolve(file),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Removes it with its files, where it is there. */
  @Override
  public void close() throws IOException {
    if (!Files.isDirectory(path)) {
      return;
    }
    List<Path> files = new ArrayList<>();
    try (var there = Files.list(path)) {
      there.forEach(files::add);
    }
    for (Path file : files) {
      Files.delete(file);
    }
    Files.delete(path);
  }
}
