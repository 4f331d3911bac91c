package dev.parley.rating;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What was wrong with an answer. */
public enum Reason {
  WRONG,
  NOT_HELPFUL,
  UNSAFE,
  WRONG_LANGUAGE;

  /** As it is stored, in ids of buttons too. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<Reason> of(String key) {
    return Arrays.stream(values()).filter(reason -> reason.key().equals(key)).findFirst();
  }
}
