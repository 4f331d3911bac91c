package dev.parley.moderation;

import java.util.Set;

/**
 * A text that somebody looked at.
 *
 * @param are the categories it is of
 * @param unknown those that nobody looked for
 */
public record LabelledText(String text, Set<Category> are, Set<Category> unknown) {
  public LabelledText {
    are = Set.copyOf(are);
    unknown = Set.copyOf(unknown);
  }
}
