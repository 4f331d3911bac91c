package dev.parley.platform;

/** What one platform has and another one has not, as far as settings are about it. */
public enum Feature {
  /** People have roles, by which they can be told apart. */
  ROLES,
  /** A conversation can go on in a side room that Parley opens. */
  THREADS,
  /** An answer can end in a file. */
  FILES,
  /** A picture is seen where it is handed over. */
  PICTURES,
  /** A command can be answered for its caller alone. */
  QUIET_ANSWERS
}
