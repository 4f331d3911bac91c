package dev.parley.configuration;

/**
 * Something the operator should know about the configuration.
 *
 * @param severity whether Parley can start with it
 * @param origin where it is
 * @param key what it is about, as written; empty where it is about no single key
 * @param sentence what is wrong and what to do, without the place
 */
public record Finding(Severity severity, Origin origin, String key, String sentence) {
  /** Whether Parley can start. */
  public enum Severity {
    ERROR,
    WARNING
  }

  static Finding error(Origin origin, String key, String sentence) {
    return new Finding(Severity.ERROR, origin, key, sentence);
  }

  static Finding warning(Origin origin, String key, String sentence) {
    return new Finding(Severity.WARNING, origin, key, sentence);
  }

  /** The place and the sentence, on one line: both may name what operators wrote. */
  @Override
  public String toString() {
    return Plain.of(origin + ": " + sentence);
  }
}
