package dev.parley.rating;

import dev.parley.platform.Thumb;
import java.util.Optional;

/**
 * What one person thinks of one answer; of a good one there is no more to say.
 *
 * @param thumb good or bad
 * @param source how it was said
 * @param reason what was wrong
 * @param comment what was wrong, in the person's words
 * @param better the answer as the person would have given it
 */
public record Rating(
    Thumb thumb,
    Source source,
    Optional<Reason> reason,
    Optional<String> comment,
    Optional<String> better) {
  /** How a rating was given. */
  public enum Source {
    BUTTON,
    /** An emoji on the platform's message; less is meant by it than by a button. */
    REACTION
  }
}
