package dev.parley.model.remote;

/**
 * The secret a model server asks for. Never printed: {@code toString} hides it.
 *
 * @param value the key, or empty where the server wants none
 */
public record ApiKey(String value) {
  /** For servers that want no key. */
  public static final ApiKey NONE = new ApiKey("");

  public ApiKey {
    if (value.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new IllegalArgumentException(
          "the model server's key holds a blank, a line end or a character outside ASCII;"
              + " give the key alone");
    }
  }

  boolean isPresent() {
    return !value.isEmpty();
  }

  /** The text without the key, should a server have echoed it. */
  String removeFrom(String text) {
    return isPresent() ? text.replace(value, "[key]") : text;
  }

  @Override
  public String toString() {
    return isPresent() ? "[key]" : "no key";
  }
}
