package dev.parley.learning;

import java.util.Locale;

/** How a version's examination ended. */
public enum Verdict {
  /** It was not examined yet. */
  NONE,
  PASSED,
  FAILED;

  /** As it is stored, in names of texts too. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
