package dev.parley.platform;

/**
 * What an option may be completed to.
 *
 * @param value what is typed then
 * @param label what people read of it
 */
public record Completion(String value, String label) {
  /** A value that says what it is. */
  public static Completion of(String value) {
    return new Completion(value, value);
  }
}
