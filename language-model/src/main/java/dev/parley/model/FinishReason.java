package dev.parley.model;

/** Why a generation ended without a failure. */
public enum FinishReason {
  /** The model said its end token. */
  END,
  /**
   * The maximum number of new tokens, or the end of the context, was reached: the answer can be
   * continued.
   */
  LENGTH,
  /** One of the stop texts appeared; it is not part of the text. */
  STOP_TEXT,
  /** {@link Generation#cancel()} was called; the text so far stands. */
  CANCELLED,
  /** The time limit ran out; the text so far stands. */
  TIME_LIMIT
}
