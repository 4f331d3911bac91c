package dev.parley.model.engine;

import dev.parley.model.ModelException;
import dev.parley.model.transformer.Transformer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Conversations that lost their slot: their keys and values in memory, and those unused for longest
 * on disk, so that a conversation goes on where it was however many others there are, and after a
 * restart. Confined to the engine thread, but for a thread of its own that writes files. A file
 * that cannot be written or read is as if it were not there: it costs time alone.
 */
final class PrefixCache implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PrefixCache.class);

  /** Shorter ones are as quickly computed again. */
  static final int WORTH_KEEPING = 64;

  /** Where the disk is slower than people, the oldest are dropped rather than piled up. */
  private static final int MOST_WAITING = 4;

  private final Transformer transformer;
  private final PrefixCacheOptions options;
  private final byte[] fingerprint;
  private final List<Snapshot> inMemory = new ArrayList<>(); // used longest ago first
  private final List<SnapshotFile> onDisk = new ArrayList<>(); // likewise
  private final Queue<SnapshotFile> written = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("prefix-cache").daemon().factory());
  private long memoryBytes;
  private long diskBytes;

  /**
   * @param fingerprint of the model, 32 bytes: files of another one are deleted
   */
  PrefixCache(Transformer transformer, PrefixCacheOptions options, byte[] fingerprint) {
    this.transformer = transformer;
    this.options = options;
    this.fingerprint = fingerprint;
    options.folder().ifPresent(this::takeUp);
  }

  /**
   * Most memory that is taken: what is kept, and what waits for the disk.
   *
   * @param longest bytes of the longest conversation
   */
  static long mostBytes(PrefixCacheOptions options, long longest) {
    long each = Math.min(longest, options.memoryBytes());
    boolean written = options.folder().isPresent() && options.diskBytes() > 0;
    return options.memoryBytes() + (written ? MOST_WAITING * each : 0);
  }

  private void takeUp(Path folder) {
    try {
      Files.createDirectories(folder);
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(SnapshotFile::isOne).sorted(byAge()).toList()) {
          Optional<SnapshotFile> found =
              SnapshotFile.open(file, fingerprint, transformer.cacheBytesPerToken());
          if (found.isEmpty()) {
            Files.delete(file);
          }
          found.ifPresent(this::addOnDisk);
        }
      }
    } catch (IOException e) {
      log.warn("Kept conversations could not be read: {}", e.toString());
    }
  }

  private static Comparator<Path> byAge() {
    return Comparator.comparingLong(path -> path.toFile().lastModified());
  }

  /** How many tokens of a prompt are kept here; counts as a use. */
  int longest(int[] prompt, boolean exactly) {
    takeWritten();
    int inMemoryToo = bring(inMemory, Snapshot::beginning, prompt, exactly);
    return Math.max(inMemoryToo, bring(onDisk, SnapshotFile::beginning, prompt, exactly));
  }

  /** Makes the one that holds most of a prompt the last of its list. */
  private static <T> int bring(
      List<T> kept, Function<T, Beginning> beginning, int[] prompt, boolean exactly) {
    int best = -1;
    int longest = 0;
    for (int i = 0; i < kept.size(); i++) {
      int usable = beginning.apply(kept.get(i)).usable(prompt, exactly);
      if (usable > longest) {
        longest = usable;
        best = i;
      }
    }
    if (best >= 0) {
      kept.add(kept.remove(best));
    }
    return longest;
  }

  /** Gives a slot the longest beginning of a prompt that is kept here; returns what it is. */
  Beginning restore(int slot, int[] prompt, boolean exactly) {
    int length = longest(prompt, exactly);
    if (length == 0) {
      return Beginning.NONE;
    }
    if (!inMemory.isEmpty() && inMemory.getLast().beginning().usable(prompt, exactly) == length) {
      Snapshot snapshot = inMemory.getLast();
      transformer.restore(slot, length, snapshot.bytes(), snapshot.beginning().length());
      return snapshot.beginning().first(length);
    }
    return restore(slot, length, onDisk.getLast());
  }

  private Beginning restore(int slot, int length, SnapshotFile file) {
    try {
      file.use(bytes -> transformer.restore(slot, length, bytes, file.beginning().length()));
      return file.beginning().first(length);
    } catch (IOException e) {
      log.warn("A kept conversation could not be read: {}", e.toString());
      delete(file);
      return Beginning.NONE;
    }
  }

  /** Keeps what a slot holds, if that is worth it and not kept already. */
  void keep(int slot, Beginning beginning) {
    long size = beginning.length() * transformer.cacheBytesPerToken();
    if (beginning.length() < WORTH_KEEPING
        || size > options.memoryBytes()
        || size > Integer.MAX_VALUE
        || isKept(beginning)) {
      return;
    }
    dropBeginningsOf(beginning);
    makeRoom(size);
    Snapshot snapshot = new Snapshot(beginning, size);
    try {
      transformer.save(slot, beginning.length(), snapshot.bytes());
    } catch (RuntimeException | Error e) {
      snapshot.close();
      throw e;
    }
    inMemory.add(snapshot);
    memoryBytes += size;
  }

  private boolean isKept(Beginning beginning) {
    takeWritten();
    return inMemory.stream().anyMatch(kept -> kept.beginning().contains(beginning))
        || onDisk.stream().anyMatch(kept -> kept.beginning().contains(beginning));
  }

  /** What a conversation was before it grew. */
  private void dropBeginningsOf(Beginning beginning) {
    for (Snapshot kept : List.copyOf(inMemory)) {
      if (beginning.contains(kept.beginning())) {
        inMemory.remove(kept);
        memoryBytes -= kept.bytes().byteSize();
        kept.close();
      }
    }
    for (SnapshotFile kept : List.copyOf(onDisk)) {
      if (beginning.contains(kept.beginning())) {
        delete(kept);
      }
    }
  }

  private void makeRoom(long size) {
    while (memoryBytes + size > options.memoryBytes()) {
      Snapshot oldest = inMemory.removeFirst();
      memoryBytes -= oldest.bytes().byteSize();
      if (waiting.get() < MOST_WAITING) {
        write(oldest);
      } else {
        oldest.close();
      }
    }
  }

  /** Writes a snapshot that nothing else uses any more. */
  private void write(Snapshot snapshot) {
    if (options.folder().isEmpty() || snapshot.bytes().byteSize() > options.diskBytes()) {
      snapshot.close();
      return;
    }
    Path folder = options.folder().get();
    waiting.incrementAndGet();
    writer.execute(
        () -> {
          try (snapshot) {
            written.add(SnapshotFile.write(folder, fingerprint, snapshot));
          } catch (IOException e) {
            log.warn("A conversation is not kept on disk: {}", e.toString());
          } finally {
            waiting.decrementAndGet();
          }
        });
  }

  private void takeWritten() {
    for (SnapshotFile file = written.poll(); file != null; file = written.poll()) {
      addOnDisk(file);
    }
  }

  private void addOnDisk(SnapshotFile file) {
    onDisk.add(file);
    diskBytes += file.size();
    while (diskBytes > options.diskBytes() && !onDisk.isEmpty()) {
      delete(onDisk.getFirst());
    }
  }

  private void delete(SnapshotFile file) {
    onDisk.remove(file);
    diskBytes -= file.size();
    try {
      file.delete();
    } catch (IOException e) {
      log.warn("A kept conversation could not be deleted: {}", e.toString());
    }
  }

  /** Drops everything, what is on its way to the disk too. */
  void forget() {
    inMemory.forEach(Snapshot::close);
    inMemory.clear();
    memoryBytes = 0;
    CompletableFuture.runAsync(() -> {}, writer).join(); // it has one thread: what waits is written
    takeWritten();
    List.copyOf(onDisk).forEach(this::delete);
    options.folder().ifPresent(PrefixCache::deleteAll);
  }

  /** Also what another model left there, which closed while this one was open. */
  static void deleteAll(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(SnapshotFile::isOne).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new ModelException("Kept conversations could not be deleted: " + e.getMessage(), e);
    }
  }

  /** Writes what is in memory to disk and waits for that; what was used last stays longest. */
  @Override
  public void close() {
    inMemory.forEach(this::write);
    inMemory.clear();
    memoryBytes = 0;
    writer.close();
    takeWritten();
  }
}
