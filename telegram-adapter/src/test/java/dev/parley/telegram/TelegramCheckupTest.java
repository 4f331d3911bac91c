package dev.parley.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.Finding;
import dev.parley.platform.Finding.Mark;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TelegramCheckupTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private BotApiServer server;

  @BeforeEach
  void start() throws Exception {
    server = new BotApiServer(InstantSource.system());
    server.clockShows(NOW);
  }

  @AfterEach
  void stop() {
    server.close();
    assertThat(server.wrongCalls()).isEmpty();
  }

  @Test
  void aNewBotIsToldWhatIsMissing() {
    assertThat(examine(server.options()))
        .containsExactly(
            "GOOD Telegram: @parley_test_bot answers, the token is right",
            "NOTE Telegram: privacy mode is on: in groups I see only commands, mentions and"
                + " replies. That's fine unless you want *answer all*: @BotFather → /setprivacy →"
                + " Disable, then re-add the bot.",
            "GOOD Telegram: this machine's clock agrees",
            "GOOD Telegram: no webhook is set, updates are asked for",
            "NOTE Telegram: the list of commands is not set yet: ./parley does it when it starts.",
            "GOOD Telegram: the bot's name is Parley",
            "NOTE Telegram: people read no description of Parley's before they write: ./parley"
                + " doctor --introduce sets it in three languages.");
  }

  @Test
  void introducingSetsEveryLanguageOnce() {
    try (TelegramCheckup checkup = checkup(server.options(), "Ada", NOW)) {
      assertThat(checkup.introduce()).isEmpty();
      assertThat(checkup.introduce()).isEmpty();

      assertThat(checkup.examine(false))
          .contains(
              new Finding(Mark.GOOD, "Telegram: the bot's name is Ada"),
              new Finding(Mark.GOOD, "Telegram: name and description are set in all languages"));
    }
    assertThat(server.calls("setMyName")).isEqualTo(1);
    assertThat(server.calls("setMyDescription")).isEqualTo(2);
    assertThat(server.calls("setMyShortDescription")).isEqualTo(2);
    assertThat(server.introduction("descriptionzh")).contains("我記得我們的對話").contains("我记得我们的对话");
    assertThat(server.introduction("description"))
        .startsWith("Hello! I am Ada")
        .hasSizeLessThan(513);
    assertThat(server.introduction("descriptionzh")).hasSizeLessThan(513);
    assertThat(server.introduction("short_descriptionzh")).hasSizeLessThan(121);
  }

  @Test
  void anotherNameAtTelegramIsNoted() {
    try (TelegramCheckup checkup = checkup(server.options(), "Ada", NOW)) {
      assertThat(checkup.examine(false))
          .anyMatch(f -> f.text().contains("as \"Parley\", and it calls itself \"Ada\""));
    }
  }

  @Test
  void privacyModeThatIsOffIsGood() {
    server.readsAllInGroups(true);

    assertThat(examine(server.options()))
        .contains("GOOD Telegram: privacy mode is off: in groups I see every message");
  }

  @Test
  void aTokenThatIsNotKnownIsOneSentence() {
    TelegramOptions other =
        new TelegramOptions("123456:other", server.options().api(), Duration.ofSeconds(1));

    assertThat(examine(other))
        .containsExactly(
            "PROBLEM Telegram: the token is not known there: @BotFather shows it under /mybots.");
  }

  @Test
  void aServerThatIsNotThereIsOneSentence() {
    TelegramOptions options = server.options();
    server.close();

    List<String> found = examine(options);

    assertThat(found).hasSize(1);
    assertThat(found.getFirst())
        .startsWith("PROBLEM Telegram: http://127.0.0.1:")
        .contains("cannot be reached")
        .doesNotContain(BotApiServer.TOKEN);
  }

  @Test
  void aClockThatIsWrongIsAProblem() {
    server.clockShows(NOW.plusSeconds(95));

    assertThat(examine(server.options()))
        .contains(
            "PROBLEM Telegram: this machine's clock is 95 s behind Telegram's: set it, best by"
                + " NTP.");
  }

  @Test
  void aWebhookThatIsLeftIsNamedWithoutItsPath() {
    server.setWebhook("https://old.example.org/secret-path", "");

    assertThat(examine(server.options()))
        .anyMatch(line -> line.startsWith("NOTE Telegram: a webhook to old.example.org is set"))
        .noneMatch(line -> line.contains("secret-path"));
  }

  @Test
  void theLastErrorOfTheWebhookIsShown() {
    server.setWebhook("https://bot.example.org/", "Wrong response from the webhook: 502");
    WebhookOptions webhook =
        WebhookOptions.of(
            URI.create("https://bot.example.org/"),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 8_080),
            Optional.empty());
    TelegramOptions options =
        new TelegramOptions(
            BotApiServer.TOKEN, server.options().api(), Optional.empty(), Optional.of(webhook));

    assertThat(examine(options))
        .anyMatch(line -> line.contains("Wrong response from the webhook: 502."));
  }

  @Test
  void anotherProgramThatAsksForUpdatesIsAProblem() {
    server.deny(
        "getUpdates", 1, 409, "Conflict: terminated by other getUpdates request; make sure");

    try (TelegramCheckup checkup = checkup(server.options(), "Parley", NOW)) {
      assertThat(checkup.examine(true))
          .anyMatch(f -> f.mark() == Mark.PROBLEM && f.text().contains("another program asks"));
    }
  }

  /** A second request would push the bot's own one out. */
  @Test
  void besideARunningBotNoUpdatesAreAskedFor() {
    var _ = examine(server.options());

    assertThat(server.calls("getUpdates")).isZero();
  }

  private static TelegramCheckup checkup(TelegramOptions options, String name, Instant now) {
    return new TelegramCheckup(options, name, () -> now);
  }

  private static List<String> examine(TelegramOptions options) {
    try (TelegramCheckup checkup = checkup(options, "Parley", NOW)) {
      return checkup.examine(false).stream().map(f -> f.mark() + " " + f.text()).toList();
    }
  }
}
