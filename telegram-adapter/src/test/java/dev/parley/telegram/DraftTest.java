package dev.parley.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers that grow as drafts, where the operator wants it. */
class DraftTest extends Scenario {
  @BeforeEach
  void turnOn() throws Exception {
    bot.close();
    startBot(
        new TelegramOptions(
            BotApiServer.TOKEN,
            server.options().api(),
            server.options().polling(),
            Optional.empty(),
            Optional.empty(),
            true));
  }

  @Test
  void aGrowingAnswerIsADraftAndOnlyItsEndAMessage() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    model.grows("The Moon", " pulls.", seen);
    ada.says("Why tides?");
    await().until(() -> server.calls("sendMessageDraft") > 0);
    assertThat(server.ofBot(1)).isEmpty();
    seen.countDown();

    awaitAnswer(1, "The Moon pulls.");
    assertThat(server.ofBot(1)).hasSize(1);
    assertThat(server.calls("editMessageText")).isZero();
  }

  @Test
  void groupsHaveNoDrafts() throws Exception {
    ada.in(GROUP).says("/ask Why tides?");

    awaitAnswer(GROUP, "Answer to Why tides?");
    assertThat(server.calls("sendMessageDraft")).isZero();
  }
}
