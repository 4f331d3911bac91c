package dev.parley.learning;

import java.util.Locale;

/** What somebody said who was asked which of two answers is better. */
public enum Choice {
  /** The one that was given. */
  GIVEN,
  /** The one that was written for the comparison. */
  OTHER,
  /** Neither. */
  SAME,
  /** They do not want to say. */
  LATER;

  String stored() {
    return name().toLowerCase(Locale.ROOT);
  }
}
