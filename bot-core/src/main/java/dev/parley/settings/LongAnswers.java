package dev.parley.settings;

/** How an answer comes that needs many messages. */
public enum LongAnswers {
  /** In as many as it needs. */
  MESSAGES,
  /** Its beginning, and all of it in a file. */
  FILE
}
