package dev.parley.settings;

/** What Parley does with threads. */
public enum ThreadMode {
  /** They are places like others. */
  OFF,
  /** Where it was called into one, it answers everything of those who called it there. */
  JOIN,
  /** The same, and a long conversation goes on in one that Parley opens. */
  OPEN
}
