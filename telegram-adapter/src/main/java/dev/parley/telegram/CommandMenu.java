package dev.parley.telegram;

import dev.parley.language.Texts;
import dev.parley.platform.CommandDefinition;
import dev.parley.platform.PlatformException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.methods.commands.GetMyCommands;
import org.telegram.telegrambots.meta.api.methods.commands.SetMyCommands;
import org.telegram.telegrambots.meta.api.objects.commands.BotCommand;
import org.telegram.telegrambots.meta.api.objects.commands.scope.BotCommandScopeDefault;

/** The list of commands that Telegram shows behind the slash, set where it is not what it was. */
final class CommandMenu {
  private static final Logger log = LoggerFactory.getLogger(CommandMenu.class);

  /** Telegram knows languages of two letters only: its Chinese is Taiwan's here. */
  private static final List<Locale> LANGUAGES = List.of(Locale.ROOT, Locale.TAIWAN);

  private CommandMenu() {}

  /** Whether people of every language are shown commands. */
  static boolean isSet(BotApi api) throws PlatformException {
    BotCommandScopeDefault scope = new BotCommandScopeDefault();
    for (Locale language : LANGUAGES) {
      @Nullable String code = language.equals(Locale.ROOT) ? null : language.getLanguage();
      if (api.call(GetMyCommands.builder().scope(scope).languageCode(code).build()).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  static void synchronize(BotApi api, List<CommandDefinition> definitions) {
    for (Locale language : LANGUAGES) {
      Texts texts = Texts.of(language.equals(Locale.ROOT) ? Locale.ENGLISH : language);
      List<BotCommand> wanted =
          definitions.stream()
              .map(
                  definition ->
                      new BotCommand(definition.name(), texts.say("command." + definition.name())))
              .toList();
      try {
        BotCommandScopeDefault scope = new BotCommandScopeDefault();
        @Nullable String code = language.equals(Locale.ROOT) ? null : language.getLanguage();
        if (!api.call(GetMyCommands.builder().scope(scope).languageCode(code).build())
            .equals(wanted)) {
          api.call(
              SetMyCommands.builder().commands(wanted).scope(scope).languageCode(code).build());
        }
      } catch (PlatformException e) {
        log.warn("The list of commands could not be set: {}", e.getMessage());
      }
    }
  }
}
