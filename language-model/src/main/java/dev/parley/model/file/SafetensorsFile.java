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

  private SafetensorsFile(Path path, Arena arena, Map<String, Tensor> tensors) {
    this.path = path;
    this.arena = arena;
    this.tensors = Collections.unmodifiableMap(tensors);
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
      return new SafetensorsFile(fileOrDirectory, arena, read(fileOrDirectory, arena));
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  private static Map<String, Tensor> read(Path path, Arena arena) throws IOException {
    if (!Files.isDirectory(path)) {
      return new SafetensorsReader(Mapping.of(path, arena)).weights();
    }
    if (Files.exists(path.resolve(SINGLE))) {
      return new SafetensorsReader(Mapping.of(path.resolve(SINGLE), arena)).weights();
    }
    if (Files.exists(path.resolve(ShardIndex.FILE_NAME))) {
      return ShardIndex.read(path, arena);
    }
    throw new ModelFormatException(
        path,
        "directory",
        "expected " + SINGLE + " or " + ShardIndex.FILE_NAME + ", found neither");
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
