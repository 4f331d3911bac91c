package dev.parley.model.file;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A model in <a href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">GGUF</a>, versions
 * 2 and 3, little-endian.
 */
public final class GgufFile implements TensorFile {
  private final Path path;
  private final Arena arena;
  private final Metadata metadata;
  private final Map<String, Tensor> tensors;

  private GgufFile(Path path, Arena arena, GgufReader reader) {
    this.path = path;
    this.arena = arena;
    this.metadata = reader.metadata();
    this.tensors = Collections.unmodifiableMap(reader.tensors());
  }

  /**
   * Maps the file and reads its header.
   *
   * @throws ModelFormatException where anything in the header, or the extent of any tensor, is
   *     wrong
   */
  @SuppressWarnings("MustBeClosedChecker") // the arena is the file's, until close()
  public static GgufFile open(Path file) throws IOException {
    Arena arena = Arena.ofShared();
    try {
      return new GgufFile(file, arena, new GgufReader(Mapping.of(file, arena)));
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  public Metadata metadata() {
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
