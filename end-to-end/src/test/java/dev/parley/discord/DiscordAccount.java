package dev.parley.discord;

import java.util.Map;

/** A bot as Discord has it, and what its owner and others do to it. */
public final class DiscordAccount implements AutoCloseable {
  private static final long VIEW_CHANNEL = 1L << 10;

  private final DiscordServer server;

  /** One that everything is switched on for. */
  public DiscordAccount() throws Exception {
    server = new DiscordServer();
  }

  /** Somebody adds it to a server, with all rights it asks for. */
  public void isInvited() {
    server.addGuild(Scenario.GUILD, "Tides");
  }

  /** What a program is told to reach it. */
  public Map<String, String> environment() {
    return server.environment();
  }

  public void resetsToken() {
    server.revokesToken();
  }

  public void turnsMessageContentOff() {
    server.seesMessages(false);
  }

  public void takesRights() {
    server.allows(VIEW_CHANNEL);
  }

  /** Something has opened nearly all connections of the day. */
  public void hasFewConnectionsLeft() {
    server.allowsConnections(3);
  }

  @Override
  public void close() {
    server.close();
  }
}
