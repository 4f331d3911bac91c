package dev.parley.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.discord.Visits.Visit;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What was missed while there was no connection, and what ends one. */
class GatewayTest extends Scenario {
  @Test
  void aCutConnectionIsTakenUpAgain() throws Exception {
    ada.says("one");
    awaitAnswer(ada.channel(), "Answer to one");
    server.cut();
    ada.says("two");
    awaitAnswer(ada.channel(), "Answer to two");
    assertThat(server.gateway().resumed()).isEqualTo(1);
    assertThat(server.ofBot(ada.channel())).hasSize(2);
  }

  @Test
  void unansweredHeartbeatsEndAConnection() throws Exception {
    server.gateway().isDeaf(true);
    server.until("a new connection", () -> server.gateway().resumed() > 0, () -> "none");
    server.gateway().isDeaf(false);
    ada.says("one");
    awaitAnswer(ada.channel(), "Answer to one");
  }

  @Test
  void whatASessionMissedIsFoundInTheHistory() throws Exception {
    ada.in(GENERAL).mentions("one");
    ada.says("private one");
    awaitAnswer(GENERAL, "Answer to one");
    awaitAnswer(ada.channel(), "Answer to private one");
    int before = server.gateway().identified();
    server.gateway().invalidate();
    ada.in(GENERAL).says("to nobody");
    ada.in(GENERAL).mentions("two");
    ada.says("private two");
    server.until("a session", () -> server.gateway().identified() > before, () -> "none");

    awaitAnswer(GENERAL, "Answer to two");
    awaitAnswer(ada.channel(), "Answer to private two");
    assertThat(server.ofBot(GENERAL)).hasSize(2);
    assertThat(server.ofBot(ada.channel())).hasSize(2);
  }

  /** One question in a server and one in private come while the process is away. */
  private void missTwo() throws Exception {
    ada.in(GENERAL).mentions("one");
    ada.says("private one");
    awaitAnswer(GENERAL, "Answer to one");
    awaitAnswer(ada.channel(), "Answer to private one");
    stopBot();
    ada.in(GENERAL).mentions("two");
    ada.says("private two");
  }

  @Test
  void aHistoryThatBreaksOffIsReadAgain() throws Exception {
    missTwo();
    Fault[] three = {Fault.CUT_WITHIN, Fault.CUT_WITHIN, Fault.CUT_WITHIN};
    server.faults().plan("GET /channels/{channel_id}/messages", three);
    startBot();

    awaitAnswer(GENERAL, "Answer to two");
    awaitAnswer(ada.channel(), "Answer to private two");
  }

  @Test
  void whatCameWhileTheProcessWasAwayIsFoundAfterItsStart() throws Exception {
    missTwo();
    startBot();

    awaitAnswer(GENERAL, "Answer to two");
    awaitAnswer(ada.channel(), "Answer to private two");
    assertThat(server.ofBot(GENERAL)).hasSize(2);
    assertThat(server.ofBot(ada.channel())).hasSize(2);
  }

  @Test
  void whereTheBotMayWriteNoMoreNothingIsTriedAgain() throws Exception {
    server.closes(GENERAL, 50013);
    ada.in(GENERAL).mentions("one");
    server.until(
        "a refused message",
        () -> server.calls("POST /channels/{channel_id}/messages") > 0,
        () -> "none");
    server.until("a closed place", this::isGeneralClosed, () -> "open");
    assertThat(server.calls("POST /channels/{channel_id}/messages")).isEqualTo(1);
    ada.says("still there?");
    awaitAnswer(ada.channel(), "Answer to still there?");
  }

  private boolean isGeneralClosed() {
    return database.read(
            handle ->
                handle
                    .createQuery(
                        "SELECT count(*) FROM place WHERE id = :id AND closed_at IS NOT NULL")
                    .bind("id", Long.toString(GENERAL))
                    .mapTo(Integer.class)
                    .one())
        == 1;
  }

  @Test
  void aRevokedTokenEndsTheConnectionAndNotTheProcess() throws Exception {
    try (Logged listener = new Logged(Listener.class)) {
      int before = server.gateway().identified();
      server.revokesToken();
      server.until("a word", () -> listener.has("the token was revoked"), () -> "none");
      assertThat(server.gateway().identified()).isEqualTo(before);
    }
  }

  @Test
  void aSwitchThatIsTurnedOffIsNamed() throws Exception {
    try (Logged listener = new Logged(Listener.class)) {
      server.gateway().refusesContent();
      server.gateway().invalidate();
      server.until("a word", () -> listener.has("the Message Content switch"), () -> "none");
    }
  }

  @Test
  void rightsThatAreTakenInTheMiddleEndAnAnswerAndOthersGoOn() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    model.grows("It begins", " and ends.", seen);
    ada.in(GENERAL).mentions("one");
    awaitWords(GENERAL, "It begins");
    server.closes(GENERAL, 50001);
    seen.countDown();
    server.until("a closed place", this::isGeneralClosed, () -> "open");
    ada.says("still there?");
    awaitAnswer(ada.channel(), "Answer to still there?");

    server.opens(GENERAL);
    ada.in(GENERAL).mentions("two");
    awaitAnswer(GENERAL, "Answer to two");
  }

  @Test
  void whoIsTooQuickWaitsAsLongAsDiscordSays() throws Exception {
    String post = "POST /channels/{channel_id}/messages";
    server.faults().plan(post, Fault.TOO_MANY);
    ada.says("one");
    awaitAnswer(ada.channel(), "Answer to one");
    server.faults().plan(post, Fault.TOO_MANY_IN_ALL);
    ada.says("two");
    awaitAnswer(ada.channel(), "Answer to two");
    assertThat(server.ofBot(ada.channel())).hasSize(2);
  }

  @Test
  void aTimeOutDoublesNoAnswer() throws Exception {
    server
        .faults()
        .plan(
            "POST /channels/{channel_id}/messages",
            Fault.SILENT_AFTER,
            Fault.BAD_GATEWAY_BEFORE,
            Fault.CUT_AFTER);
    ada.says("one");
    awaitAnswer(ada.channel(), "Answer to one");
    assertThat(server.ofBot(ada.channel())).hasSize(1);
  }

  @Test
  void anAnswerOfDiscordsThatBreaksOffDoublesAndLosesNothing() throws Exception {
    server.faults().plan("POST /channels/{channel_id}/messages", Fault.CUT_WITHIN);
    ada.says("one");
    awaitAnswer(ada.channel(), "Answer to one");
    ada.says("two");
    awaitAnswer(ada.channel(), "Answer to two");
    assertThat(server.ofBot(ada.channel())).hasSize(2);
  }

  @Test
  void serversAreSharedBetweenAsManyConnectionsAsDiscordAdvises() throws Exception {
    stopBot();
    server.advisesShards(2);
    long elsewhere = GUILD + (1L << 22);
    server.addGuild(elsewhere, "Waves");
    startBot();
    server.until(
        "two sessions", () -> server.gateway().identified() > 2, () -> "fewer"); // one is the first
    ada.in(GENERAL).mentions("here?");
    ada.in(elsewhere + 1).mentions("there?");
    ada.says("in private?");
    awaitAnswer(GENERAL, "Answer to here?");
    awaitAnswer(elsewhere + 1, "Answer to there?");
    awaitAnswer(ada.channel(), "Answer to in private?");
    assertThat(server.ofBot(GENERAL)).hasSize(1);
  }

  @Test
  void whatIsHiddenFromItIsSaid() throws Exception {
    stopBot();
    server.seesMessages(false);
    startBot();
    ada.in(GENERAL).mentions("one");
    awaitAnswer(GENERAL, "Answer to one");
    ada.in(GENERAL).repliesTo(server.ofBot(GENERAL).getLast().id(), "and two, without a ping");
    awaitWords(GENERAL, "I can't read this message");

    server.makeManager(GUILD, 11);
    Visit panel = ada.in(GENERAL).runs("settings", "setting", "answer-mode", "value", "all");
    assertThat(panel.shown().getFirst().text()).contains("I see only messages that mention me");
  }
}
