package dev.parley.configuration;

/**
 * Something that no line may show.
 *
 * @param value the secret itself; empty where there is none
 */
public record Secret(String value) {
  @Override
  public String toString() {
    return value.isEmpty() ? "(none)" : "(hidden)";
  }
}
