package dev.parley.model.engine;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Keys and values of a beginning on disk: a fingerprint of the model they belong to, the tokens,
 * then the bytes as the transformer gives them. Little-endian. Immutable.
 */
final class SnapshotFile {
  private static final String ENDING = ".kv";
  private static final String UNFINISHED = ".part";
  private static final int FINGERPRINT = 32;
  private static final int HEADER = FINGERPRINT + 2 * Integer.BYTES;

  private final Path path;
  private final Beginning beginning;
  private final long size;

  private SnapshotFile(Path path, Beginning beginning, long size) {
    this.path = path;
    this.beginning = beginning;
    this.size = size;
  }

  Beginning beginning() {
    return beginning;
  }

  /** Bytes on disk. */
  long size() {
    return size;
  }

  /** Whether a file of the folder is one of these, or what was left of an attempt to write one. */
  static boolean isOne(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(ENDING) || name.endsWith(UNFINISHED);
  }

  /**
   * Writes one, for its owner alone: it appears whole or not at all, also after a power cut.
   *
   * @param fingerprint 32 bytes
   */
  static SnapshotFile write(Path folder, byte[] fingerprint, Snapshot snapshot) throws IOException {
    Beginning beginning = snapshot.beginning();
    Path unfinished = folder.resolve(UUID.randomUUID() + UNFINISHED);
    Path path = folder.resolve(UUID.randomUUID() + ENDING);
    ByteBuffer header = ByteBuffer.allocate(dataOffset(beginning.length()));
    header.order(ByteOrder.LITTLE_ENDIAN).put(fingerprint);
    header.putInt(beginning.length()).putInt(beginning.exact());
    for (int i = 0; i < beginning.length(); i++) {
      header.putInt(beginning.token(i));
    }
    try {
      Files.createFile(
          unfinished,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try (FileChannel out = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
        writeAll(out, header.clear());
        writeAll(out, snapshot.bytes().asByteBuffer());
        out.force(false);
      }
      Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(unfinished);
      throw e;
    }
    return new SnapshotFile(path, beginning, header.capacity() + snapshot.bytes().byteSize());
  }

  private static void writeAll(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  /**
   * Reads what a file holds; empty where it is none of this model's.
   *
   * @param bytesPerToken as the transformer keeps them
   */
  static Optional<SnapshotFile> open(Path path, byte[] fingerprint, long bytesPerToken)
      throws IOException {
    try (FileChannel in = FileChannel.open(path)) {
      ByteBuffer header = read(in, 0, HEADER);
      byte[] found = new byte[FINGERPRINT];
      header.get(found);
      int length = header.getInt();
      int exact = header.getInt();
      boolean whole =
          Arrays.equals(found, fingerprint)
              && length > 0
              && exact >= 0
              && dataOffset(length) + length * bytesPerToken == in.size();
      if (!whole) {
        return Optional.empty();
      }
      int[] tokens = new int[length];
      read(in, HEADER, length * Integer.BYTES).asIntBuffer().get(tokens);
      return Optional.of(new SnapshotFile(path, new Beginning(tokens, exact), in.size()));
    }
  }

  private static ByteBuffer read(FileChannel in, long from, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining() && in.read(bytes, from + bytes.position()) >= 0) {
      // reads on
    }
    return bytes.clear();
  }

  /** Maps the keys and values for as long as they are used. */
  void use(Consumer<MemorySegment> work) throws IOException {
    try (Arena arena = Arena.ofConfined();
        FileChannel in = FileChannel.open(path)) {
      long from = dataOffset(beginning.length());
      work.accept(in.map(FileChannel.MapMode.READ_ONLY, from, size - from, arena));
    }
    Files.setLastModifiedTime(path, FileTime.from(Instant.now())); // the next start keeps the order
  }

  void delete() throws IOException {
    Files.deleteIfExists(path);
  }

  /** Keys and values begin at a multiple of eight bytes. */
  private static int dataOffset(int tokens) {
    return (HEADER + tokens * Integer.BYTES + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
  }
}
