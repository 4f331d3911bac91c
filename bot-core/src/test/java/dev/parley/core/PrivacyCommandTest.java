package dev.parley.core;

import static dev.parley.core.BotAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.Response;
import dev.parley.settings.Setting;
import dev.parley.storage.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivacyCommandTest {
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
  void itSaysWhatIsKeptAndSinceWhen() throws InterruptedException {
    assertThat(ada.gives("privacy"))
        .mentions(
            "no messages in no conversations, no instructions, no ratings, since Nov 23, 2026.");
    bot.stores.now = bot.stores.now.plus(Duration.ofDays(2));
    ada.asks("Why tides?");
    ada.presses("↻");
    ada.presses("👍");
    ada.gives("new");
    ada.asks("Why waves?");
    ada.fillsIn(ada.presses(ada.gives("instructions"), "Change the first"), "I teach physics.");

    assertThat(ada.gives("privacy"))
        .says(
            "**What I keep about you**: 5 messages in 2 conversations, one instruction, 1 rating,"
                + " since Nov 23, 2026.\nLearning from you: **off**.")
        .offers("Turn on", "What does that mean?");
  }

  @Test
  void whatOthersSaidIsNotCounted() throws InterruptedException {
    bot.stores.settings.set(Stores.GROUP, Setting.SHARED_CONVERSATION, true);
    bot.bobInGroup().asks("Why waves?");
    ada.in(Bot.GROUP).asks("Why tides?");

    assertThat(ada.gives("privacy")).mentions("2 messages in 1 conversation,");
  }

  @Test
  void whatWasTakenBackIsStillKeptAndCounted() throws InterruptedException {
    ada.asks("Why tides?");
    ada.gives("undo");

    assertThat(ada.gives("privacy")).mentions("2 messages in 1 conversation,");
  }

  @Test
  void learningIsOffUntilThePersonTurnsItOnAndCanBeTurnedOffAgain() throws InterruptedException {
    Response off = ada.gives("privacy");
    assertThat(learns()).isFalse();

    Response on = ada.presses(off, "Turn on");
    assertThat(on)
        .mentions("Learning from you: **on**.")
        .offers("Turn off", "What does that mean?");
    assertThat(learns()).isTrue();

    assertThat(ada.presses(on, "Turn off")).mentions("Learning from you: **off**.");
    assertThat(learns()).isFalse();
  }

  @Test
  void whatItMeansIsSaidBeforeOneDecides() throws InterruptedException {
    Response meaning = ada.presses(ada.gives("privacy"), "What does that mean?");

    assertThat(meaning)
        .mentions("also older ones", "only if all of them agreed", "from the next training on")
        .offers("Turn on", "Back");
    assertThat(ada.presses(meaning, "Back")).mentions("Learning from you: **off**.");
    assertThat(ada.presses(meaning, "Turn on")).mentions("Learning from you: **on**.");
  }

  @Test
  void everyoneDecidesForThemselves() throws InterruptedException {
    ada.presses(ada.gives("privacy"), "Turn on");

    assertThat(bot.bobInGroup().gives("privacy")).mentions("從你這裡學習：**已停用**。");
    assertThat(bot.stores.consents.given(Stores.BOB)).isFalse();
  }

  @Test
  void itIsSaidInThePersonsLanguage() throws InterruptedException {
    assertThat(bot.somebody("8", Locale.TAIWAN).gives("privacy"))
        .mentions("0 段對話裡的 0 則訊息", "從 2026年11月23日 起")
        .offers("啟用", "這是什麼意思？");
    assertThat(bot.somebody("9", Locale.CHINA).gives("privacy"))
        .mentions("0 段对话里的 0 条消息")
        .offers("启用", "这是什么意思？");
  }

  @Test
  void consentGoesWithThePerson() throws InterruptedException {
    ada.presses(ada.gives("privacy"), "Turn on");

    bot.stores.database.update(
        handle -> handle.execute("DELETE FROM person WHERE id = ?", Stores.ADA.id()));

    assertThat(learns()).isFalse();
  }

  @Test
  void anUnknownButtonChangesNothing() throws InterruptedException {
    assertThat(ada.pressesId("privacy:nonsense"))
        .says("This button is from an older answer. Use the newest one, or /regenerate.");
    assertThat(learns()).isFalse();
  }

  private boolean learns() {
    return bot.stores.consents.given(Stores.ADA);
  }
}
