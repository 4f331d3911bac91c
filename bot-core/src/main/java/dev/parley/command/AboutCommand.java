package dev.parley.command;

import dev.parley.model.LanguageModel;
import dev.parley.model.ModelInfo;
import dev.parley.platform.Response;
import java.util.Map;

/** {@code /about}: which model answers, its licence and its limits. */
final class AboutCommand implements Command {
  private final LanguageModel model;
  private final String botName;

  AboutCommand(LanguageModel model, String botName) {
    this.model = model;
    this.botName = botName;
  }

  @Override
  public CommandDefinition definition() {
    return CommandDefinition.of("about");
  }

  @Override
  public Response run(Asker asker, Map<String, String> options) {
    ModelInfo info = model.info();
    return asker.say(
        "about.text", botName, info.name(), info.licence(), String.join(", ", info.languages()));
  }
}
