package dev.parley.model.engine;

import dev.parley.model.transformer.Transformer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.stream.Stream;

/** Tells models apart whose keys and values must not be mixed. */
final class Fingerprint {
  private Fingerprint() {}

  /**
   * Of a model as it is loaded: its files by name, size and time, and how it computes.
   *
   * @return 32 bytes
   */
  static byte[] of(Path path, Transformer transformer) throws IOException {
    String text = "1 " + transformer.cacheFormat() + ofFiles(path);
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  /** A model's files by name, size and time, a line for each. */
  static String ofFiles(Path path) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Path file : files(path)) {
      text.append('\n').append(file.getFileName()).append(' ').append(Files.size(file));
      text.append(' ').append(Files.getLastModifiedTime(file).toMillis());
    }
    return text.toString();
  }

  private static List<Path> files(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path.toRealPath());
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
