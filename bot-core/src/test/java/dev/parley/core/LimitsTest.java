package dev.parley.core;

import static dev.parley.core.BotAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.settings.Rate;
import dev.parley.settings.Setting;
import dev.parley.storage.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsTest {
  private static final String TOO_QUICK =
      "That's more than 6 messages a minute. I go on in 20 seconds: please send again then what I"
          + " don't answer.";

  @TempDir Path folder;
  private Bot bot;
  private Speaker ada;

  @BeforeEach
  void start() throws InterruptedException {
    bot = Bot.in(folder);
    ada = bot.ada();
  }

  @AfterEach
  void stop() {
    bot.close();
  }

  @Test
  void whoIsTooQuickIsToldOnceWhenItGoesOn() throws InterruptedException {
    bot.stores.settings.set(Stores.PRIVATE, Setting.MESSAGES_PER_MINUTE, new Rate(6, 2));

    for (int i = 1; i <= 50; i++) {
      ada.asks(i + "?");
    }
    assertThat(bot).shows(ada, "Answer to 1?", "Answer to 2?", TOO_QUICK);
    assertThat(bot.tally.limits()).containsEntry("rate", 48L);

    pass(Duration.ofSeconds(19));
    ada.asks("51?");
    assertThat(bot).showsLast(ada, TOO_QUICK);
    pass(Duration.ofSeconds(1));
    ada.asks("52?");
    ada.asks("53?");
    ada.asks("54?");
    assertThat(bot)
        .shows(
            ada,
            "Answer to 1?",
            "Answer to 2?",
            TOO_QUICK,
            "Answer to 52?",
            "Answer to 53?",
            TOO_QUICK);
  }

  /** After a start Discord's messages of the last minute are looked through once more. */
  @Test
  void whatWasRefusedIsNotAnsweredWhenItIsDeliveredAgain() throws InterruptedException {
    bot.stores.settings.set(Stores.PRIVATE, Setting.MESSAGES_PER_MINUTE, new Rate(6, 1));
    ada.asks("1?");
    String refused = ada.asks("2?");
    pass(Duration.ofMinutes(1));

    ada.saysAgain(refused, "2?");
    bot.platform.awaitQuiet();

    assertThat(bot).shows(ada, "Answer to 1?", TOO_QUICK.replace("20 seconds", "10 seconds"));
  }

  @Test
  void aQuietMinuteBringsBackAsManyAsTheRateSays() throws InterruptedException {
    bot.stores.settings.set(Stores.PRIVATE, Setting.MESSAGES_PER_MINUTE, new Rate(6, 2));
    ada.asks("1?");
    ada.asks("2?");
    pass(Duration.ofSeconds(10)); // one came back

    ada.asks("3?");

    assertThat(bot).showsLast(ada, "Answer to 3?");
  }

  @Test
  void aPlaceHasARateForEveryoneTogetherAndEachIsTold() throws InterruptedException {
    bot.stores.settings.set(Stores.SERVER, Setting.PLACE_MESSAGES_PER_MINUTE, Rate.of(2));
    Speaker adaThere = bot.adaInGroup();
    Speaker bob = bot.bobInGroup();
    adaThere.asks("Why tides?");
    bob.asks("為什麼？");

    bob.asks("為什麼呢？");
    assertThat(bot).showsLast(bob, "大家在這裡合計每分鐘最多 2 則訊息。我 60 秒後繼續；這段時間沒有回答的，請到時再傳一次。");
    adaThere.asks("Why storms?");
    assertThat(bot)
        .showsLast(
            adaThere,
            "Everyone here together writes me more than 2 messages a minute. I go on in 60"
                + " seconds: please send again then what I don't answer.");
    ada.asks("Why storms?");
    assertThat(bot).showsLast(ada, "Answer to Why storms?");
  }

  @Test
  void whoGivesACommandIsAlwaysAnswered() throws InterruptedException {
    bot.stores.settings.set(Stores.PRIVATE, Setting.MESSAGES_PER_MINUTE, new Rate(6, 2));
    ada.asks("1?");
    ada.asks("2?");

    assertThat(ada.gives("regenerate")).says(TOO_QUICK);
    assertThat(ada.gives("regenerate")).says(TOO_QUICK);
    ada.gives("ask", "question", "3?");
    ada.gives("ask", "question", "4?");
    assertThat(bot).shows(ada, "Answer to 1?", "Answer to 2?", TOO_QUICK, TOO_QUICK);
  }

  @Test
  void operatorsAreNeverTooQuick() throws InterruptedException {
    Speaker olga = bot.olga();
    bot.stores.settings.set(olga.place().id(), Setting.MESSAGES_PER_MINUTE, Rate.of(1));
    bot.stores.settings.set(olga.place().id(), Setting.MESSAGES_PER_DAY, 1);

    olga.asks("1?");
    olga.asks("2?");

    assertThat(bot).showsLast(olga, "Answer to 2?");
    assertThat(olga.gives("usage")).says("Today: 2 answers. In all: 2 answers.");
  }

  @Test
  void whoHadAllOfADayIsToldOnceAMinuteAndNotForEachMessage() throws InterruptedException {
    bot.stores.settings.set(Stores.PRIVATE, Setting.MESSAGES_PER_DAY, 2);
    for (int i = 1; i <= 10; i++) {
      ada.asks(i + "?");
    }
    assertThat(shown()).hasSize(3);
    assertThat(shown().getLast()).startsWith("That was your 2nd answer today. I'm back for you at");

    pass(Duration.ofMinutes(1));
    ada.asks("11?");
    ada.asks("12?");
    assertThat(shown()).hasSize(4);
  }

  @Test
  void theAnswerThatBringsALimitNearItsEndSaysSo() throws InterruptedException {
    bot.stores.settings.set(Stores.PRIVATE, Setting.MESSAGES_PER_DAY, 5);
    for (int i = 1; i <= 5; i++) {
      ada.asks(i + "?");
    }

    assertThat(shown().get(2)).isEqualTo("Answer to 3?");
    assertThat(shown().get(3))
        .startsWith("Answer to 4?\n\n_Today you have had 4 of 5 answers; it begins anew at 12:00");
    assertThat(shown().get(4)).isEqualTo("Answer to 5?");
  }

  @Test
  void theSameIsSaidOfTextAndOfWhatEveryoneHasTogether() throws InterruptedException {
    Speaker adaThere = bot.adaInGroup();
    bot.stores.settings.set(Stores.GROUP, Setting.PLACE_TOKENS_PER_DAY, 10);
    adaThere.asks("Why tides?");

    String shown = bot.platform.in(Stores.GROUP).getLast().text();
    assertThat(shown)
        .startsWith("Answer to Why tides?\n\n_Everyone here together has used 100 % of what I can")
        .contains("it begins anew at 12:00");
    adaThere.asks("Why storms?");
    assertThat(bot.platform.in(Stores.GROUP).getLast().text()).startsWith("Everyone here together");
    assertThat(bot.tally.limits()).containsEntry("tokens-of-place", 1L);
  }

  @Test
  void whatIsSaidInsteadOfAnAnswerIsSaidBeforeTheProcessEnds() throws InterruptedException {
    bot.stores.settings.set(Stores.PRIVATE, Setting.MESSAGES_PER_DAY, 1);
    ada.asks("1?");
    bot.platform.hold();
    ada.says("2?");
    List<String> shownAtTheEnd = new CopyOnWriteArrayList<>();

    Thread end =
        Thread.ofVirtual()
            .start(
                () -> {
                  bot.answering.awaitEnd();
                  shownAtTheEnd.addAll(shown());
                });
    await()
        .until(() -> end.getState() != Thread.State.RUNNABLE && end.getState() != Thread.State.NEW);
    bot.platform.release();
    end.join();

    assertThat(shownAtTheEnd).hasSize(2);
  }

  private List<String> shown() {
    return bot.platform.in(Stores.PRIVATE).stream().map(RecordingPlatform.Shown::text).toList();
  }

  private void pass(Duration time) {
    bot.stores.now = bot.stores.now.plus(time);
  }
}
