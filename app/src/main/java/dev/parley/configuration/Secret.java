package dev.parley.configuration;

/**
 * Something that no line may show: {@code toString} hides it.
 *
 * @param value the secret itself, not empty
 */
public record Secret(String value) {
  public Secret {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a secret must not be empty");
    }
  }

  @Override
  public String toString() {
    return "(hidden)";
  }
}
