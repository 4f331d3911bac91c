package dev.parley.training;

/**
 * Says that a run is to stop. Whoever listens closes it when what there was is safe: until then the
 * process stays. Thread-safe.
 */
public interface StopSignal extends AutoCloseable {
  boolean given();

  @Override
  void close();
}
