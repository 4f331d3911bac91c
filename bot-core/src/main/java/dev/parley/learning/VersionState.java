package dev.parley.learning;

import java.util.Locale;

/** What becomes of a version. */
public enum VersionState {
  /** It can be tried where it passed its examination. */
  TRAINED,
  /** A share of the conversations gets it; at most one version is here. */
  TRIED,
  /** It answers; at most one version is here. */
  PROMOTED,
  /** It answered once; it can be tried again. */
  RETIRED;

  /** As it is stored, in names of texts too. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
