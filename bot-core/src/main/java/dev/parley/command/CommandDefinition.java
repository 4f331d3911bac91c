package dev.parley.command;

import java.util.List;

/**
 * What a command is called and takes. The texts people read are in the catalogues, under {@code
 * command.NAME} and {@code command.NAME.OPTION}.
 *
 * @param name lower-case, without the slash
 * @param audience who may use it
 * @param options in the order in which they are typed; without a name, the whole text is the first
 */
public record CommandDefinition(String name, Audience audience, List<Option> options) {
  /** Who may use a command. */
  public enum Audience {
    EVERYONE,
    PLACE_ADMIN,
    OPERATOR
  }

  public CommandDefinition {
    options = List.copyOf(options);
  }

  /** A command for everyone. */
  static CommandDefinition of(String name, Option... options) {
    return new CommandDefinition(name, Audience.EVERYONE, List.of(options));
  }

  /**
   * A value that a command takes.
   *
   * @param name lower-case
   * @param required whether the command means nothing without it
   * @param choices the only values it takes; empty for free text
   */
  public record Option(String name, boolean required, List<String> choices) {
    public Option {
      choices = List.copyOf(choices);
    }

    static Option required(String name) {
      return new Option(name, true, List.of());
    }

    static Option optional(String name, String... choices) {
      return new Option(name, false, List.of(choices));
    }
  }
}
