package dev.parley.platform;

import java.util.Map;
import java.util.Optional;

/**
 * A command that a person gave, such as {@code /history}.
 *
 * @param eventId unique per platform
 * @param place where
 * @param caller who
 * @param command the command's name without the slash
 * @param options the values given, by option name; text that was not split into options is {@code
 *     text}
 * @param subject whom it is about, where the platform tells: the author of the message it replies
 *     to, or somebody it mentions
 */
public record CommandCall(
    String eventId,
    Place place,
    Person caller,
    String command,
    Map<String, String> options,
    Optional<Person> subject) {
  public CommandCall {
    options = Map.copyOf(options);
  }

  /** About nobody. */
  public CommandCall(
      String eventId, Place place, Person caller, String command, Map<String, String> options) {
    this(eventId, place, caller, command, options, Optional.empty());
  }
}
