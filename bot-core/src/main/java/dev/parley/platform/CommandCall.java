package dev.parley.platform;

import java.util.Map;

/**
 * A command that a person gave, such as {@code /history}.
 *
 * @param eventId unique per platform
 * @param place where
 * @param caller who
 * @param command the command's name without the slash
 * @param options the values given, by option name; text that was not split into options is {@code
 *     text}
 */
public record CommandCall(
    String eventId, Place place, Person caller, String command, Map<String, String> options) {
  public CommandCall {
    options = Map.copyOf(options);
  }
}
