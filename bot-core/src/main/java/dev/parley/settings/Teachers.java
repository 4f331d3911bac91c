package dev.parley.settings;

/** Who may write how an answer should have read, which the model may then learn. */
public enum Teachers {
  /** Whoever the answer is for. */
  EVERYONE,
  /** Of those only who manage the place or run Parley. */
  ADMINS
}
