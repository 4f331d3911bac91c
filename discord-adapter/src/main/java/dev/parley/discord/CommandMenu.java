package dev.parley.discord;

import dev.parley.language.Texts;
import dev.parley.platform.CommandDefinition;
import dev.parley.platform.CommandDefinition.Audience;
import dev.parley.platform.CommandDefinition.Option;
import dev.parley.platform.PlatformException;
import dev.parley.platform.PlatformException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.Permission;
import net.dv8tion.jda.api.interactions.DiscordLocale;
import net.dv8tion.jda.api.interactions.IntegrationType;
import net.dv8tion.jda.api.interactions.InteractionContextType;
import net.dv8tion.jda.api.interactions.commands.Command;
import net.dv8tion.jda.api.interactions.commands.DefaultMemberPermissions;
import net.dv8tion.jda.api.interactions.commands.OptionType;
import net.dv8tion.jda.api.interactions.commands.build.CommandData;
import net.dv8tion.jda.api.interactions.commands.build.Commands;
import net.dv8tion.jda.api.interactions.commands.build.OptionData;
import net.dv8tion.jda.api.interactions.commands.build.SlashCommandData;
import net.dv8tion.jda.api.requests.Route;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The commands that Discord shows, set where they are not what they were. */
final class CommandMenu {
  private static final Logger log = LoggerFactory.getLogger(CommandMenu.class);
  private static final Duration RETRY = Duration.ofSeconds(20);

  /** Chats know no greeting by a command, and a link leads nowhere. */
  private static final String START = "start";

  private static final Map<DiscordLocale, Texts> LANGUAGES =
      Map.of(
          DiscordLocale.CHINESE_TAIWAN, Texts.of(Locale.TAIWAN).on(DiscordPlatform.NAME),
          DiscordLocale.CHINESE_CHINA, Texts.of(Locale.CHINA).on(DiscordPlatform.NAME));

  private CommandMenu() {}

  /** Tries until Discord takes them or refuses. */
  static void synchronize(Rest rest, List<CommandDefinition> definitions) {
    while (true) {
      try {
        change(rest, wanted(definitions));
        return;
      } catch (PlatformException e) {
        if (Thread.currentThread().isInterrupted()) {
          return; // the next start does it
        }
        if (e.kind() == Kind.REFUSED) {
          log.warn("The list of commands could not be set: {}", e.getMessage());
          return;
        }
        log.debug("The list of commands has to wait: {}", e.getMessage());
      }
      try {
        Thread.sleep(RETRY);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** By difference: a day has two hundred creations. */
  private static void change(Rest rest, Collection<CommandData> wanted) throws PlatformException {
    JDA client = rest.client();
    String application = client.getSelfUser().getApplicationId();
    Map<String, Command> there =
        Rest.await(client.retrieveCommands(true)).stream()
            .collect(Collectors.toMap(c -> c.getType() + c.getName(), Function.identity()));
    for (CommandData command : wanted) {
      Command old = there.remove(command.getType() + command.getName());
      DataObject data = Normal.form(command);
      if (old == null) {
        rest.call(Route.Interactions.CREATE_COMMAND.compile(application), data);
      } else if (!Normal.form(CommandData.fromCommand(old)).toString().equals(data.toString())) {
        rest.call(Route.Interactions.EDIT_COMMAND.compile(application, old.getId()), data);
      }
    }
    for (Command old : there.values()) {
      rest.call(Route.Interactions.DELETE_COMMAND.compile(application, old.getId()), null);
    }
  }

  /** Commands as they can be compared, and as Discord's description has them. */
  private static final class Normal {
    private static final String PERMISSIONS = "default_member_permissions";

    private Normal() {}

    static DataObject form(CommandData command) {
      DataObject data = command.toData().remove("nsfw");
      if (!data.isNull(PERMISSIONS)) {
        data.put(PERMISSIONS, data.getLong(PERMISSIONS));
      }
      for (String key : List.of("contexts", "integration_types")) {
        if (data.hasKey(key)) { // JDA writes numbers as texts
          data.put(key, data.getArray(key).stream(DataArray::getInt).sorted().toList());
        }
      }
      return data;
    }
  }

  /** What there should be; also whether they can be, by JDA's own checks. */
  static Collection<CommandData> wanted(List<CommandDefinition> definitions) {
    List<CommandData> wanted = new ArrayList<>();
    for (CommandDefinition definition : definitions) {
      if (!definition.name().equals(START)) {
        wanted.add(slash(definition));
      }
    }
    for (ContextMenu menu : ContextMenu.values()) {
      wanted.add(everywhere(menu.command(), menu.audience()));
    }
    return wanted;
  }

  private static SlashCommandData slash(CommandDefinition definition) {
    Texts english = Texts.of(Locale.ENGLISH).on(DiscordPlatform.NAME);
    String key = "command." + definition.name();
    SlashCommandData command =
        Commands.slash(definition.name(), english.say(key))
            .setDescriptionLocalizations(localized(key))
            .setNameLocalizations(localized("name." + definition.name()));
    for (Option option : definition.options()) {
      command.addOptions(option(option));
    }
    everywhere(command, definition.audience());
    return command;
  }

  private static OptionData option(Option option) {
    String key = "option." + option.name();
    OptionData data =
        new OptionData(
                OptionType.STRING,
                option.name(),
                Texts.of(Locale.ENGLISH).on(DiscordPlatform.NAME).say(key),
                option.required())
            .setDescriptionLocalizations(localized(key))
            .setNameLocalizations(localized("name." + option.name()));
    if (option.choices().isEmpty() || option.choices().size() > Limits.CHOICES) {
      return data.setAutoComplete(!option.required());
    }
    option.choices().forEach(choice -> data.addChoice(choice, choice));
    return data;
  }

  private static Map<DiscordLocale, String> localized(String key) {
    Map<DiscordLocale, String> texts = new HashMap<>();
    LANGUAGES.forEach((language, in) -> texts.put(language, in.say(key)));
    return texts;
  }

  /**
   * Where a command can be used: admins' ones only where there is something to manage. Discord
   * knows no operators: theirs is hidden in servers from all but administrators, and private chats
   * have no rights to hide it by.
   */
  private static CommandData everywhere(CommandData command, Audience audience) {
    if (audience == Audience.PLACE_ADMIN) {
      return command
          .setContexts(InteractionContextType.GUILD)
          .setIntegrationTypes(IntegrationType.GUILD_INSTALL)
          .setDefaultPermissions(DefaultMemberPermissions.enabledFor(Permission.MANAGE_SERVER));
    }
    if (audience == Audience.OPERATOR) {
      return command
          .setContexts(InteractionContextType.GUILD, InteractionContextType.BOT_DM)
          .setIntegrationTypes(IntegrationType.GUILD_INSTALL)
          .setDefaultPermissions(DefaultMemberPermissions.DISABLED);
    }
    return command
        .setContexts(
            InteractionContextType.GUILD,
            InteractionContextType.BOT_DM,
            InteractionContextType.PRIVATE_CHANNEL)
        .setIntegrationTypes(IntegrationType.GUILD_INSTALL, IntegrationType.USER_INSTALL);
  }
}
