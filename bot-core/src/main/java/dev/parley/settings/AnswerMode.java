package dev.parley.settings;

/** What Parley answers where several people are. */
public enum AnswerMode {
  /** What mentions it or replies to it. */
  MENTIONED,
  /** Everything. */
  ALL,
  /** Nothing. */
  NOTHING
}
