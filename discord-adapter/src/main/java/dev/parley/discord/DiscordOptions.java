package dev.parley.discord;

import java.net.URI;
import java.util.Optional;

/**
 * How to reach Discord.
 *
 * @param token the bot's
 * @param api where its HTTP API is, up to the version, such as {@code https://discord.com/api/v10}
 * @param gateway where events come from; empty asks the HTTP API
 * @param shards how many connections; 0 follows Discord's advice
 * @param presence whether the bot's status tells how many answers are on their way
 */
public record DiscordOptions(
    String token, URI api, Optional<URI> gateway, int shards, boolean presence) {
  /** Discord itself. */
  public static final URI API = URI.create("https://discord.com/api/v10");

  public DiscordOptions {
    if (!token.matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+){2}")) {
      throw new IllegalArgumentException(
          "discord.token is no token of a Discord bot: three parts with dots between them, from"
              + " Developer Portal → Bot → Reset Token");
    }
  }

  /** With nothing that is secret. */
  @Override
  public String toString() {
    return "Discord at " + api;
  }
}
