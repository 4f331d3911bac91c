package dev.parley.model.catalogue;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Properties;

/**
 * A file on its way in, beside the place where it will lie: {@code name.part}, with {@code
 * name.part.origin} telling what it is the beginning of. Hashed while it is written; what an
 * earlier attempt left is read again for that. Confined to one thread; the store's lock keeps
 * others away.
 */
final class PartFile implements Closeable {
  private static final int BUFFER = 1 << 20;

  private final Path target;
  private final Path part;
  private final Path originFile;
  private final FileChannel channel;
  private final MessageDigest digest;
  private long size;

  private PartFile(Path target) throws IOException {
    this.target = target;
    this.part = partOf(target);
    this.originFile = originOf(target);
    this.digest = sha256();
    this.channel =
        FileChannel.open(
            part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** Goes on with what came from {@code url} before, or begins. */
  static PartFile open(Path target, String url) throws IOException {
    PartFile file = new PartFile(target);
    if (file.origin().getProperty("url", "").equals(url)) {
      file.readAgain();
    } else {
      file.restart(url, "");
    }
    return file;
  }

  /** Removes what an unfinished download of this file has left. */
  static void discard(Path target) throws IOException {
    Files.deleteIfExists(partOf(target));
    Files.deleteIfExists(originOf(target));
  }

  private static Path partOf(Path target) {
    return target.resolveSibling(target.getFileName() + ".part");
  }

  private static Path originOf(Path target) {
    return target.resolveSibling(target.getFileName() + ".part.origin");
  }

  Path folder() {
    return target.toAbsolutePath().resolveSibling(".").normalize();
  }

  /** Bytes that are there. */
  long size() {
    return size;
  }

  /** The server's mark of the version that this is the beginning of; empty where it gave none. */
  String etag() throws IOException {
    return origin().getProperty("etag", "");
  }

  /** Throws away what is there and remembers what comes now. */
  void restart(String url, String etag) throws IOException {
    channel.truncate(0);
    digest.reset();
    size = 0;
    Properties origin = new Properties();
    origin.setProperty("url", url);
    origin.setProperty("etag", etag);
    try (OutputStream out = Files.newOutputStream(originFile)) {
      origin.store(out, null);
    }
  }

  void write(byte[] bytes, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
    while (buffer.hasRemaining()) {
      size += channel.write(buffer, size);
    }
    digest.update(bytes, 0, length);
  }

  /**
   * Checks the whole against its SHA-256, if there is one to check against, and moves it to its
   * place.
   */
  Path finish(String expectedSha256) throws IOException, SourceFailure {
    String found = HexFormat.of().formatHex(digest.digest());
    if (!expectedSha256.isEmpty() && !found.equals(expectedSha256)) {
      close();
      discard(target);
      throw new SourceFailure(
          "the file is damaged or another one: SHA-256 %s was expected and %s found; it was deleted"
              .formatted(expectedSha256, found));
    }
    channel.force(true);
    close();
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    discard(target);
    return target;
  }

  static String sha256Of(Path file) throws IOException {
    MessageDigest digest = sha256();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private void readAgain() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    while (channel.read(buffer, size) > 0) {
      buffer.flip();
      size += buffer.remaining();
      digest.update(buffer);
      buffer.clear();
    }
  }

  private Properties origin() throws IOException {
    Properties origin = new Properties();
    if (Files.exists(originFile)) {
      try (InputStream in = Files.newInputStream(originFile)) {
        origin.load(in);
      }
    }
    return origin;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
