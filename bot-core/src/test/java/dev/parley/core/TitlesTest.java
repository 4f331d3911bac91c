package dev.parley.core;

import static dev.parley.core.BotAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conversation.Conversation;
import dev.parley.storage.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TitlesTest {
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "Why tides come twice a day|Why tides come twice a day",
        "\"Why tides come\"|Why tides come",
        "Title: **Why tides come**.|Why tides come",
        "# Why tides come|Why tides come",
        "「潮汐的成因」|潮汐的成因",
        "標題：潮汐的成因。|潮汐的成因",
      })
  void aTitleIsOneCleanLine(String said, String title) throws InterruptedException {
    ada.asks("Why tides?");
    rest();
    bot.model.answers(said + "\nSecond line");

    assertThat(bot.round()).isTrue();

    assertThat(title()).contains(title);
  }

  @Test
  void aModelThatSaysNoTitleLeavesTheQuestionAsTitle() throws InterruptedException {
    ada.asks("Why do tides\ncome twice a day?");
    rest();
    bot.model.answers("I would be glad to help you with that. ".repeat(10));

    bot.round();

    assertThat(title()).contains("Why do tides come twice a day?");
  }

  @Test
  void aTitleThatAPersonGaveStays() throws InterruptedException {
    ada.asks("Why tides?");
    rest();
    bot.model.answers(
        prompt -> {
          bot.stores.conversations.rename(current().id(), "Mine");
          return "The model's";
        });

    bot.round();

    assertThat(title()).contains("Mine");
    assertThat(bot.background.round()).isFalse();
  }

  @Test
  void aConversationIsNamedOnlyAfterARest() throws InterruptedException {
    ada.asks("Why tides?");

    assertThat(bot.background.round()).isFalse();
    assertThat(title()).isEmpty();
  }

  @Test
  void nothingIsNamedWhileSomebodyWaits() throws InterruptedException {
    ada.asks("Why tides?");
    rest();
    bot.model.hold();
    bot.adaInGroup().says("And here?");
    bot.model.awaitPrompts(2);

    assertThat(bot.background.round()).isFalse();

    bot.model.release();
    bot.platform.awaitQuiet();
  }

  @Test
  void aFailingModelIsNotAskedAgainAtOnce() throws InterruptedException {
    ada.asks("Why tides?");
    rest();
    bot.model.failsTimes(1);

    assertThat(bot.round()).isTrue();
    assertThat(bot.background.round()).isFalse();
    bot.stores.now = bot.stores.now.plus(Duration.ofHours(1));
    bot.model.answers("Tides");
    assertThat(bot.round()).isTrue();

    assertThat(title()).contains("Tides");
  }

  @Test
  void aModelTooSmallForTitlesIsNotAsked() throws InterruptedException {
    bot.close();
    bot = Bot.in(folder, Bot.Setup.USUAL.asBrief());
    ada = bot.ada();
    ada.asks("Why tides?");
    rest();

    bot.round();

    assertThat(bot).wasAskedTimes(1);
    assertThat(title()).contains("Why tides?");
  }

  private void rest() {
    bot.stores.now = bot.stores.now.plus(Duration.ofMinutes(5));
  }

  private Conversation current() {
    return bot.stores.conversations.current(Stores.adaInPrivate()).orElseThrow();
  }

  private Optional<String> title() {
    return current().title();
  }
}
