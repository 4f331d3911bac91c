package dev.parley.model.file;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A model in <a href="https://github.com/huggingface/safetensors#format">safetensors</a>: one file,
 * or a directory with one or with shards. Tensors of whole numbers or booleans are no weights and
 * are left out.
 */
public final class SafetensorsFile implements TensorFile {
  private static final String SINGLE = "model.safetensors";

  private final Path path;
  private final Arena arena;
  private final Map<String, Tensor> tensors;
  private final Map<String, String> metadata;

  private SafetensorsFile(
      Path path, Arena arena, Map<String, Tensor> tensors, Map<String, String> metadata) {
    this.path = path;
    this.arena = arena;
    this.tensors = Collections.unmodifiableMap(tensors);
    this.metadata = Collections.unmodifiableMap(metadata);
  }

  /**
   * Maps a file, or the directory's {@code model.safetensors}, or the shards that its {@code
   * model.safetensors.index.json} lists.
   *
   * @throws ModelFormatException where anything in a header or in the index, or the extent of any
   *     tensor, is wrong
   */
  @SuppressWarnings("MustBeClosedChecker") // the arena is the file's, until close()
  public static SafetensorsFile open(Path fileOrDirectory) throws IOException {
    Arena arena = Arena.ofShared();
    try {
      return read(fileOrDirectory, arena);
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  private static SafetensorsFile read(Path path, Arena arena) throws IOException {
    if (!Files.isDirectory(path)) {
      return single(path, path, arena);
    }
    if (Files.exists(path.resolve(SINGLE))) {
      return single(path, path.resolve(SINGLE), arena);
    }
    if (Files.exists(path.resolve(ShardIndex.FILE_NAME))) {
      return new SafetensorsFile(path, arena, ShardIndex.read(path, arena), Map.of());
    }
    throw new ModelFormatException(
        path,
        "directory",
        "expected " + SINGLE + " or " + ShardIndex.FILE_NAME + ", found neither");
  }

  private static SafetensorsFile single(Path opened, Path file, Arena arena) throws IOException {
    SafetensorsReader reader = new SafetensorsReader(Mapping.of(file, arena));
    return new SafetensorsFile(opened, arena, reader.weights(), reader.metadata());
  }

  /** Texts that a single file has beside its tensors; of shards there are none. */
  public Map<String, String> metadata() {
    return metadata;
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public Set<String> names() {
    return tensors.keySet();
  }

  @Override
  public Optional<Tensor> find(String name) {
    return Optional.ofNullable(tensors.get(name));
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
