package dev.parley.platform;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
  public static CommandDefinition of(String name, Option... options) {
    return new CommandDefinition(name, Audience.EVERYONE, List.of(options));
  }

  /** A command for those who manage a place. */
  public static CommandDefinition forAdmins(String name, Option... options) {
    return new CommandDefinition(name, Audience.PLACE_ADMIN, List.of(options));
  }

  /** A command for those who run Parley. */
  public static CommandDefinition forOperators(String name, Option... options) {
    return new CommandDefinition(name, Audience.OPERATOR, List.of(options));
  }

  /**
   * Takes apart what was typed after a command: words go to the options in order, or follow the
   * name of their option; the last option takes the rest, or the one that follows the word before
   * it.
   */
  public Map<String, String> read(String text) {
    Map<String, String> values = new HashMap<>();
    String rest = text;
    for (int i = 0; i < options.size() && !rest.isEmpty(); i++) {
      Option option = options.get(i);
      if (option.follows().isPresent()) {
        continue;
      }
      boolean takesTheRest = i == options.size() - 1 && option.choices().isEmpty();
      String value = takesTheRest ? rest : rest.split("\\s+", 2)[0];
      if (option.choices().isEmpty() || option.choices().contains(value)) {
        values.put(option.name(), value);
        rest = rest.substring(value.length()).strip();
        Optional<Option> follower =
            option.choices().contains(value) ? after(value) : Optional.empty();
        if (follower.isPresent() && !rest.isEmpty()) {
          values.put(follower.get().name(), rest);
          return values;
        }
      }
    }
    if (!rest.isEmpty() && !options.isEmpty()) {
      values.putIfAbsent(
          options.getLast().name(), rest); // wrong on purpose: the command says what it takes
    }
    return values;
  }

  private Optional<Option> after(String word) {
    return options.stream()
        .filter(option -> option.follows().equals(Optional.of(word)))
        .findFirst();
  }

  /**
   * A value that a command takes.
   *
   * @param name lower-case
   * @param required whether the command means nothing without it
   * @param choices the only values it takes; empty for free text
   * @param follows the choice of another option that is typed before it, all of the rest being its
   *     value; empty where it has its turn among the options
   */
  public record Option(
      String name, boolean required, List<String> choices, Optional<String> follows) {
    public Option {
      choices = List.copyOf(choices);
    }

    public static Option required(String name) {
      return new Option(name, true, List.of(), Optional.empty());
    }

    public static Option optional(String name, String... choices) {
      return new Option(name, false, List.of(choices), Optional.empty());
    }

    /** Free text, as typed after a choice of an option before it. */
    public static Option after(String choice, String name) {
      return new Option(name, false, List.of(), Optional.of(choice));
    }
  }
}
