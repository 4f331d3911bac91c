package dev.parley.moderation;

import java.util.Optional;

/**
 * Why a text is objected to.
 *
 * @param category empty for a word that the place does not want
 */
public record Finding(Optional<Category> category) {
  private static final String WORD = "word";

  static Finding of(Category category) {
    return new Finding(Optional.of(category));
  }

  static Finding word() {
    return new Finding(Optional.empty());
  }

  /** Its name in the database and in texts. */
  public String key() {
    return category.map(Category::key).orElse(WORD);
  }

  /** Whether somebody may want to hurt themselves: then help comes before rules. */
  public boolean selfHarm() {
    return category.equals(Optional.of(Category.SELF_HARM));
  }

  static Finding ofKey(String key) {
    return new Finding(Category.of(key));
  }
}
