package dev.parley.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.Finding;
import dev.parley.platform.Finding.Mark;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code ./parley doctor} says of Discord. */
class DiscordCheckupTest {
  private DiscordServer server;

  @BeforeEach
  void start() throws Exception {
    server = new DiscordServer();
    server.addGuild(Scenario.GUILD, "Tides");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private List<Finding> found(Mark mark) {
    return DiscordCheckup.examine(server.options()).stream()
        .filter(finding -> finding.mark() == mark)
        .toList();
  }

  @Test
  void allIsWell() {
    assertThat(found(Mark.PROBLEM)).isEmpty();
    assertThat(found(Mark.GOOD))
        .extracting(Finding::text)
        .contains(
            "Discord: the token is parley's",
            "Discord: the Message Content switch is on",
            "Discord: 999 of 1000 connections left today, 1 advised",
            "Discord: 1 server, all rights there");
  }

  @Test
  void whatIsOffOrMissingIsSaidWithWhatToDo() {
    server.seesMessages(false);
    server.allows(1L << 10);
    server.allowsConnections(3);
    assertThat(found(Mark.NOTE).toString())
        .contains("Privileged Gateway Intents")
        .contains("in Tides it lacks rights: Send Messages")
        .contains("https://discord.com/oauth2/authorize?client_id=");
    assertThat(found(Mark.PROBLEM).toString()).contains("only 3 of 1000 connections");
  }

  @Test
  void aWrongTokenIsNamedAndNotShown() {
    DiscordOptions wrong =
        new DiscordOptions("no.such.token", server.options().api(), Optional.empty(), 0, false);
    assertThat(DiscordCheckup.examine(wrong).toString())
        .contains("Reset Token")
        .doesNotContain("no.such.token");
  }

  @Test
  void whereNobodyAnswersThatIsSaid() {
    URI nowhere = URI.create("http://127.0.0.1:1/api/v10");
    DiscordOptions options =
        new DiscordOptions(DiscordServer.TOKEN, nowhere, Optional.empty(), 0, false);
    assertThat(DiscordCheckup.examine(options).toString())
        .containsOnlyOnce("cannot be reached")
        .contains("127.0.0.1:1");
  }
}
