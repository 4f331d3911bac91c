package dev.parley.model;

/** Who speaks in a chat message, in the words of the chat templates. */
public enum Role {
  SYSTEM("system"),
  USER("user"),
  ASSISTANT("assistant");

  private final String wireName;

  Role(String wireName) {
    this.wireName = wireName;
  }

  /**
   * The name used by chat templates and by the OpenAI protocol: {@code system}, {@code user},
   * {@code assistant}.
   */
  public String wireName() {
    return wireName;
  }
}
