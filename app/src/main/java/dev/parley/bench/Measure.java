package dev.parley.bench;

/** One thing that is measured. */
interface Measure {
  /** As {@code --only} takes it. */
  String name();

  /** Measures it, and leaves out what the model has no room for. */
  Result run(Subject subject);
}
