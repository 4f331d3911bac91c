package dev.parley.launcher;

import dev.parley.configuration.Configuration;
import dev.parley.configuration.Secret;
import dev.parley.discord.DiscordOptions;
import dev.parley.discord.DiscordPlatform;
import dev.parley.language.Texts;
import dev.parley.platform.Platform;
import dev.parley.platform.PlatformException;
import dev.parley.storage.Database;
import dev.parley.telegram.TelegramOptions;
import dev.parley.telegram.TelegramPlatform;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * A platform that has a token.
 *
 * @param name the platform's
 * @param title as people write it
 * @param connector reaches it, where it can be reached
 */
record PlatformLink(String name, String title, Connector connector) {
  /** Reaches a platform. */
  @FunctionalInterface
  interface Connector {
    Connected connect(Database database) throws PlatformException;
  }

  /**
   * A platform that was reached.
   *
   * @param bot how the bot is called there
   * @param more further lines for the operator
   */
  record Connected(Platform platform, String bot, List<String> more) {}

  /**
   * All that have a token.
   *
   * @throws IllegalArgumentException with a sentence, where a token cannot be one
   */
  static List<PlatformLink> of(Configuration configuration, Texts texts) {
    List<PlatformLink> links = new ArrayList<>();
    configuration
        .telegram()
        .token()
        .ifPresent(token -> links.add(telegram(configuration.telegram(), token)));
    configuration
        .discord()
        .token()
        .ifPresent(token -> links.add(discord(configuration.discord(), token, texts)));
    return links;
  }

  private static PlatformLink telegram(Configuration.Telegram telegram, Secret token) {
    TelegramOptions options = TelegramWiring.options(telegram, token);
    return new PlatformLink(
        TelegramPlatform.NAME,
        "Telegram",
        database -> {
          TelegramPlatform platform =
              TelegramPlatform.connect(options, database, InstantSource.system());
          return new Connected(platform, platform.botName(), List.of());
        });
  }

  private static PlatformLink discord(Configuration.Discord discord, Secret token, Texts texts) {
    DiscordOptions options = discordOptions(discord, token);
    return new PlatformLink(
        DiscordPlatform.NAME,
        "Discord",
        database -> {
          DiscordPlatform platform =
              DiscordPlatform.connect(options, database, InstantSource.system());
          List<String> more = new ArrayList<>();
          more.add(texts.say("serving.invitation", platform.invitation()));
          if (!platform.seesEverything()) {
            more.add(texts.say("serving.no-messages"));
          }
          return new Connected(platform, platform.botName(), more);
        });
  }

  /**
   * The way to Discord as the operator configured it.
   *
   * @throws IllegalArgumentException with a sentence, where the token cannot be one
   */
  static DiscordOptions discordOptions(Configuration.Discord discord, Secret token) {
    return new DiscordOptions(
        token.value(), discord.api(), discord.gateway(), discord.shards(), discord.presence());
  }
}
