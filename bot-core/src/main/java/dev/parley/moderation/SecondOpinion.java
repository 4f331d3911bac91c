package dev.parley.moderation;

import java.util.Optional;

/** What somebody else thinks of a text. Thread-safe. */
@FunctionalInterface
public interface SecondOpinion {
  /** What it is; empty where nothing of all that, or nobody could be asked. May take seconds. */
  Optional<Category> on(String text);

  /** Nobody's. */
  static SecondOpinion none() {
    return text -> Optional.empty();
  }
}
