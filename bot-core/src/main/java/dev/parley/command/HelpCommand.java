package dev.parley.command;

import dev.parley.format.Markdown;
import dev.parley.person.Operators;
import dev.parley.person.Places;
import dev.parley.platform.CommandDefinition;
import dev.parley.platform.Response;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** {@code /start} and {@code /help}: what Parley can do, with examples to try. */
final class HelpCommand implements Command {
  private final String name;
  private final String botName;
  private final Supplier<List<CommandDefinition>> commands;
  private final Places places;
  private final Operators operators;

  /**
   * @param name {@code start}, which greets, or {@code help}, which lists the commands too
   * @param botName how Parley is called here
   * @param commands all there are, this one included
   * @param places where the greeting takes the place of the first answer's warning
   */
  HelpCommand(
      String name,
      String botName,
      Supplier<List<CommandDefinition>> commands,
      Places places,
      Operators operators) {
    this.name = name;
    this.botName = botName;
    this.commands = commands;
    this.places = places;
    this.operators = operators;
  }

  @Override
  public CommandDefinition definition() {
    return CommandDefinition.of(name);
  }

  @Override
  public Response run(Asker asker, Map<String, String> options) {
    places.introduce(asker.place().id());
    if (name.equals("start")) {
      return asker
          .say("start.greeting", Markdown.name(asker.person().name()), botName)
          .withButtons(Examples.buttons(asker));
    }
    StringBuilder text = new StringBuilder(asker.texts().say("help.heading", botName));
    for (CommandDefinition command : commands.get()) {
      if (!isFor(asker, command)) {
        continue;
      }
      text.append("\n/")
          .append(command.name())
          .append(" · ")
          .append(asker.texts().say("command." + command.name()));
    }
    return Response.of(text.append("\n\n").append(asker.texts().say("help.honesty")).toString())
        .withButtons(Examples.buttons(asker));
  }

  private boolean isFor(Asker asker, CommandDefinition command) {
    return switch (command.audience()) {
      case EVERYONE -> true;
      case PLACE_ADMIN -> asker.manages();
      case OPERATOR -> operators.contains(asker.person().id());
    };
  }
}
