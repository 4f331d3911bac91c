package dev.parley.moderation;

import java.util.Locale;

/** Whose text it is. */
public enum Side {
  QUESTION,
  ANSWER;

  /** Its name in the database and in texts. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Side of(String key) {
    return valueOf(key.toUpperCase(Locale.ROOT));
  }
}
