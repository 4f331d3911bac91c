package dev.parley.command;

import dev.parley.model.LanguageModel;
import dev.parley.model.ModelInfo;
import dev.parley.platform.CommandDefinition;
import dev.parley.platform.Response;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

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
    String languages =
        info.languages().stream()
            .map(code -> Locale.forLanguageTag(code).getDisplayLanguage(asker.texts().locale()))
            .collect(Collectors.joining(", "));
    return asker.say(
        "about.text",
        botName,
        info.name(),
        info.licence(),
        languages.isEmpty() ? asker.texts().say("about.languages-unknown") : languages);
  }
}
