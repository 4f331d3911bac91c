package dev.parley.model.file;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Named tensors in a memory-mapped model file, or in memory. Its tensors may be read by many
 * threads at once, but not after {@link #close}: that unmaps them, and reading then throws {@link
 * IllegalStateException}.
 */
public sealed interface TensorFile extends AutoCloseable
    permits GgufFile, MemoryTensors, SafetensorsFile {

  /** The file or directory that was opened. */
  Path path();

  /** In the order of the file. */
  Set<String> names();

  Optional<Tensor> find(String name);

  /**
   * The tensor of this name.
   *
   * @throws ModelFormatException naming the file and the tensor, where there is none of this name
   */
  default Tensor tensor(String name) throws ModelFormatException {
    return find(name)
        .orElseThrow(() -> error("tensor " + name, "expected a tensor of this name, found none"));
  }

  /**
   * An error about this file.
   *
   * @param field which part of it, such as a tensor
   * @param problem what was expected and what was found
   */
  default ModelFormatException error(String field, String problem) {
    return new ModelFormatException(path(), field, problem);
  }

  @Override
  void close();
}
