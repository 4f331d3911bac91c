package dev.parley.core;

import static dev.parley.core.BotAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.IncomingMessage.Attachment;
import dev.parley.platform.Person;
import dev.parley.platform.PersonId;
import dev.parley.settings.Setting;
import dev.parley.storage.Stores;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other programs say to Parley. */
class BotsTest {
  private static final Person PROGRAM = Person.bot(new PersonId("telegram", "77"), "Echo");

  @TempDir Path folder;
  private Bot bot;
  private Speaker echo;

  @BeforeEach
  void start() {
    bot = Bot.in(folder);
    echo = new Speaker(bot, PROGRAM, Bot.GROUP);
  }

  @AfterEach
  void stop() {
    bot.close();
  }

  @Test
  void otherBotsAreNeitherAnsweredNorRemembered() throws InterruptedException {
    echo.asks("Why tides?");

    assertThat(bot).shows(echo);
    assertThat(bot.stores.people.find(PROGRAM.id())).isEmpty();
  }

  @Test
  void whereAnAdminWantsItTheyAreAnsweredLikePeople() throws InterruptedException {
    bot.cleoInGroup()
        .presses(
            bot.cleoInGroup().gives("settings", "setting", "answer-bots"), "answered like people");

    echo.asks("Why tides?");

    assertThat(bot.platform.in(Stores.GROUP).getLast().text()).startsWith("Answer to Why tides?");
  }

  @Test
  void twoBotsThatAnswerEachOtherComeToAnEndUntilAPersonAsks() throws InterruptedException {
    bot.stores.settings.set(Stores.SERVER, Setting.ANSWER_BOTS, true);
    Speaker ada = bot.adaInGroup();
    for (int i = 1; i <= 100; i++) {
      echo.asks(i + "?");
    }
    assertThat(texts()).hasSize(5);
    assertThat(texts().getLast())
        .isEqualTo(
            "Answer to 5?\n\n_I have answered bots 5 times in a row here. I go on when a person"
                + " asks me something._");

    ada.asks("Why tides?");
    for (int i = 101; i <= 200; i++) {
      echo.asks(i + "?");
    }
    assertThat(texts()).hasSize(11);
    assertThat(texts().get(6)).isEqualTo("Answer to 101?");
  }

  @Test
  void aBotReadsNoRefusalsSinceItWouldAnswerThem() throws InterruptedException {
    bot.stores.settings.set(Stores.GROUP, Setting.ANSWER_BOTS, true);
    bot.stores.settings.set(Stores.GROUP, Setting.MESSAGES_PER_DAY, 1);
    echo.asks("1?");
    echo.asks("2?");
    echo.asks("", List.of(), List.of(Attachment.media()));

    assertThat(texts()).hasSize(1);
  }

  @Test
  void whatABotChangesLaterIsNotAnsweredAgain() throws InterruptedException {
    bot.stores.settings.set(Stores.GROUP, Setting.ANSWER_BOTS, true);
    String first = echo.asks("Th");

    echo.edits(first, "The tides come from the Moon.");

    assertThat(texts()).hasSize(1);
    assertThat(bot).wasAskedTimes(1);
  }

  @Test
  void botsGiveNoCommands() throws InterruptedException {
    bot.stores.settings.set(Stores.GROUP, Setting.ANSWER_BOTS, true);

    assertThat(echo.gives("history")).says("");
  }

  private List<String> texts() {
    return bot.platform.in(Stores.GROUP).stream().map(RecordingPlatform.Shown::text).toList();
  }
}
