package dev.parley.model.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Keys and values of a beginning in memory, outside the KV cache. */
final class Snapshot implements AutoCloseable {
  private final Beginning beginning;
  private final Arena arena;
  private final MemorySegment bytes;

  /** Room for them, to be filled. */
  @SuppressWarnings("MustBeClosedChecker") // the arena is the snapshot's, until close()
  Snapshot(Beginning beginning, long size) {
    this.beginning = beginning;
    this.arena = Arena.ofShared(); // the thread that writes files reads it
    this.bytes = arena.allocate(size, Long.BYTES);
  }

  Beginning beginning() {
    return beginning;
  }

  MemorySegment bytes() {
    return bytes;
  }

  @Override
  public void close() {
    arena.close();
  }
}
