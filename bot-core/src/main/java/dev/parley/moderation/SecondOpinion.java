package dev.parley.moderation;

import java.util.Optional;

/** What somebody else thinks of a text. Thread-safe. */
@FunctionalInterface
public interface SecondOpinion {
  /** Why it is objected to; empty where it is not, or nobody could be asked. May take seconds. */
  Optional<Finding> on(String text);

  /** Nobody's. */
  static SecondOpinion none() {
    return text -> Optional.empty();
  }
}
