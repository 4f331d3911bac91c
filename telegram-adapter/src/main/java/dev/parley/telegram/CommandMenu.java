package dev.parley.telegram;

import dev.parley.language.Texts;
import dev.parley.platform.CommandDefinition;
import dev.parley.platform.CommandDefinition.Audience;
import dev.parley.platform.PlatformException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.methods.commands.GetMyCommands;
import org.telegram.telegrambots.meta.api.methods.commands.SetMyCommands;
import org.telegram.telegrambots.meta.api.methods.menubutton.GetChatMenuButton;
import org.telegram.telegrambots.meta.api.methods.menubutton.SetChatMenuButton;
import org.telegram.telegrambots.meta.api.objects.commands.BotCommand;
import org.telegram.telegrambots.meta.api.objects.commands.scope.BotCommandScope;
import org.telegram.telegrambots.meta.api.objects.commands.scope.BotCommandScopeAllChatAdministrators;
import org.telegram.telegrambots.meta.api.objects.commands.scope.BotCommandScopeAllGroupChats;
import org.telegram.telegrambots.meta.api.objects.commands.scope.BotCommandScopeAllPrivateChats;
import org.telegram.telegrambots.meta.api.objects.commands.scope.BotCommandScopeDefault;
import org.telegram.telegrambots.meta.api.objects.menubutton.MenuButtonCommands;

/** The list of commands that Telegram shows behind the slash, set where it is not what it was. */
final class CommandMenu {
  private static final Logger log = LoggerFactory.getLogger(CommandMenu.class);

  /** Telegram knows languages of two letters only: its Chinese is Taiwan's here. */
  private static final List<Locale> LANGUAGES = List.of(Locale.ROOT, Locale.TAIWAN);

  /** Who is shown what. */
  private record Menu(BotCommandScope scope, Set<Audience> shown) {}

  /** Whoever manages a group sees more there. */
  private static final List<Menu> MENUS =
      List.of(
          new Menu(new BotCommandScopeDefault(), Set.of(Audience.EVERYONE)),
          new Menu(new BotCommandScopeAllPrivateChats(), Set.of(Audience.EVERYONE)),
          new Menu(new BotCommandScopeAllGroupChats(), Set.of(Audience.EVERYONE)),
          new Menu(
              new BotCommandScopeAllChatAdministrators(),
              Set.of(Audience.EVERYONE, Audience.PLACE_ADMIN)));

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

  static void synchronize(BotApi api, Outbox outbox, List<CommandDefinition> definitions) {
    try {
      outbox.insist(() -> synchronize(api, definitions));
    } catch (PlatformException e) {
      if (!Thread.currentThread().isInterrupted()) { // else the next start does it
        log.warn("The list of commands could not be set: {}", e.getMessage());
      }
    }
  }

  /** Compares everything; returns whether it is as wanted, which it is. */
  private static boolean synchronize(BotApi api, List<CommandDefinition> definitions)
      throws PlatformException {
    for (Menu menu : MENUS) {
      for (Locale language : LANGUAGES) {
        synchronize(api, menu, language, definitions);
      }
    }
    return api.call(new GetChatMenuButton()) instanceof MenuButtonCommands
        || api.call(SetChatMenuButton.builder().menuButton(new MenuButtonCommands()).build());
  }

  private static void synchronize(
      BotApi api, Menu menu, Locale language, List<CommandDefinition> definitions)
      throws PlatformException {
    Texts texts = Texts.of(language.equals(Locale.ROOT) ? Locale.ENGLISH : language);
    List<BotCommand> wanted =
        definitions.stream()
            .filter(definition -> menu.shown.contains(definition.audience()))
            .map(
                definition ->
                    new BotCommand(definition.name(), texts.say("command." + definition.name())))
            .toList();
    @Nullable String code = language.equals(Locale.ROOT) ? null : language.getLanguage();
    if (!api.call(GetMyCommands.builder().scope(menu.scope).languageCode(code).build())
        .equals(wanted)) {
      api.call(
          SetMyCommands.builder().commands(wanted).scope(menu.scope).languageCode(code).build());
    }
  }
}
