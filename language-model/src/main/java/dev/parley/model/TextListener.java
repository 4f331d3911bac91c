package dev.parley.model;

/** Receives an answer while it grows. */
@FunctionalInterface
public interface TextListener {
  /** Hears nothing. */
  TextListener NONE = piece -> {};

  /**
   * The next piece, never empty, never half a character. Called on a thread of the model, one call
   * at a time and in order: return at once, a slow listener slows every other answer. What it
   * throws ends this generation alone.
   */
  void text(String piece);

  /**
   * The next piece of what the model thinks before it answers, by the same rules. The thought is no
   * part of the answer; whoever does not ask for it does not hear it.
   */
  default void thought(String piece) {}
}
