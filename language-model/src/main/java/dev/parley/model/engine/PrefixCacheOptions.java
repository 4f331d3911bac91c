package dev.parley.model.engine;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * How much is kept of conversations that lost their slot, so that they go on without being read
 * again.
 *
 * @param memoryBytes most bytes of keys and values in memory; 0 keeps none
 * @param folder where those go that memory has no room for, and all of them when the model is
 *     closed; what people wrote can be read out of these files. Empty keeps none
 * @param diskBytes most bytes there
 */
public record PrefixCacheOptions(long memoryBytes, Optional<Path> folder, long diskBytes) {
  /** Nothing but what is in the slots. */
  public static final PrefixCacheOptions NONE = new PrefixCacheOptions(0, Optional.empty(), 0);

  public PrefixCacheOptions {
    if (memoryBytes < 0 || diskBytes < 0) {
      throw new IllegalArgumentException("bytes must not be negative");
    }
    Objects.requireNonNull(folder, "folder");
  }
}
