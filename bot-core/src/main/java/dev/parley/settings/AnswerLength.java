package dev.parley.settings;

/** How long answers should be. */
public enum AnswerLength {
  SHORT,
  NORMAL,
  LONG
}
