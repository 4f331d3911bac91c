package dev.parley.discord;

import dev.parley.language.Texts;
import dev.parley.platform.CommandDefinition.Audience;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import net.dv8tion.jda.api.interactions.DiscordLocale;
import net.dv8tion.jda.api.interactions.commands.Command;
import net.dv8tion.jda.api.interactions.commands.build.CommandData;
import net.dv8tion.jda.api.interactions.commands.build.Commands;

/** What can be chosen for a message or a person. */
enum ContextMenu {
  ASK(Command.Type.MESSAGE, "menu.ask", Audience.EVERYONE),
  SUMMARISE(Command.Type.MESSAGE, "menu.summarise", Audience.EVERYONE),
  BLOCK(Command.Type.USER, "menu.block", Audience.PLACE_ADMIN),
  UNBLOCK(Command.Type.USER, "menu.unblock", Audience.PLACE_ADMIN);

  private final Command.Type type;
  private final String key;
  private final Audience audience;

  ContextMenu(Command.Type type, String key, Audience audience) {
    this.type = type;
    this.key = key;
    this.audience = audience;
  }

  Audience audience() {
    return audience;
  }

  CommandData command() {
    return Commands.context(type, label())
        .setNameLocalizations(
            Map.of(
                DiscordLocale.CHINESE_TAIWAN,
                    Texts.of(Locale.TAIWAN).on(DiscordPlatform.NAME).say(key),
                DiscordLocale.CHINESE_CHINA,
                    Texts.of(Locale.CHINA).on(DiscordPlatform.NAME).say(key)));
  }

  private String label() {
    return Texts.of(Locale.ENGLISH).on(DiscordPlatform.NAME).say(key);
  }

  static Optional<ContextMenu> of(String label) {
    return Arrays.stream(values()).filter(menu -> menu.label().equals(label)).findFirst();
  }
}
