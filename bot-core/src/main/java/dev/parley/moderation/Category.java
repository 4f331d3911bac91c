package dev.parley.moderation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is moderated (the categories of Markov et al. 2023, without their shades). */
public enum Category {
  VIOLENCE,
  HATE,
  HARASSMENT,
  SEXUAL,
  SELF_HARM;

  /** All there are, in the order of a classifier's outputs. */
  public static final List<Category> ALL = List.of(values());

  /** Its name in the database, in texts and in files. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The one with this name. */
  public static Optional<Category> of(String key) {
    return Arrays.stream(values()).filter(each -> each.key().equals(key)).findFirst();
  }
}
