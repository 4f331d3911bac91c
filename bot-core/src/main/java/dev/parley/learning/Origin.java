package dev.parley.learning;

import java.util.Locale;

/** Which signal of a person something to learn from comes from, the one that says most first. */
public enum Origin {
  /** They wrote how the answer should read. */
  TAUGHT,
  /** They compared it with another one. */
  COMPARED,
  /** They gave it a thumb. */
  RATED,
  /** They had it written anew, and went on from one of the answers. */
  KEPT;

  /** As it stands in files. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
