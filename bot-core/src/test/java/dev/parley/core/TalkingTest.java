package dev.parley.core;

import static dev.parley.core.BotAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.settings.Setting;
import dev.parley.storage.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TalkingTest {
  @TempDir Path folder;
  private Bot bot;

  @BeforeEach
  void start() {
    bot = Bot.in(folder);
  }

  @AfterEach
  void stop() {
    bot.close();
  }

  @Test
  void aQuestionIsAnsweredOnceAndKept() throws InterruptedException {
    Speaker ada = bot.ada();
    bot.model.answers("The Moon pulls.");

    ada.asks("Why tides?");

    assertThat(bot)
        .shows(ada, "The Moon pulls.")
        .showsButtons(ada, "👍", "👎", "↻")
        .wasAskedTimes(1);
    assertThat(bot.stores.replies.unfinished()).isEmpty();
    var conversation = bot.stores.conversations.current(Stores.adaInPrivate()).orElseThrow();
    assertThat(bot.stores.tree.activePath(conversation.id()))
        .extracting(message -> message.text())
        .containsExactly("Why tides?", "The Moon pulls.");
  }

  @Test
  void theSameEventTwiceIsAnsweredOnce() throws InterruptedException {
    Speaker ada = bot.ada();

    String id = ada.asks("Why tides?");
    ada.saysAgain(id, "Why tides?");
    bot.platform.awaitQuiet();

    assertThat(bot).shows(ada, "Answer to Why tides?").wasAskedTimes(1);
  }

  @Test
  void theNextQuestionReadsWhatWasSaid() throws InterruptedException {
    Speaker ada = bot.ada();

    ada.asks("Why tides?");
    ada.asks("How often?");

    assertThat(bot).read("user: Why tides?", "assistant: Answer to Why tides?", "user: How often?");
  }

  @Test
  void aSecondQuestionWaitsForTheFirstAnswerAndReadsIt() throws InterruptedException {
    Speaker ada = bot.ada();
    bot.model.hold();
    ada.says("Why tides?");
    bot.model.awaitPrompts(1);
    ada.says("How often?");
    bot.model.release();
    bot.platform.awaitQuiet();

    assertThat(bot).read("user: Why tides?", "assistant: Answer to Why tides?", "user: How often?");
  }

  @Test
  void aSecondAnswerShowsNothingBeforeAllPartsOfTheFirstStand() throws InterruptedException {
    Speaker ada = bot.ada();
    bot.model.answers(prompt -> "Answer " + "and more ".repeat(prompt.size() == 2 ? 600 : 1));
    bot.model.hold();
    ada.says("Why tides?");
    bot.platform.awaitText("Answer");
    bot.platform.hold();
    ada.says("How often?");
    bot.model.release();
    bot.model.awaitPrompts(2); // the second answer is there as well
    bot.platform.release();
    bot.platform.awaitQuiet();

    assertThat(bot.platform.in(ada.place().id()))
        .extracting(shown -> shown.text().length() > 1_000)
        .containsExactly(true, true, true, false);
  }

  @Test
  void replyingToAnOlderAnswerStartsABranch() throws InterruptedException {
    Speaker ada = bot.ada();
    ada.asks("Why tides?");
    String answer = bot.platform.in(ada.place().id()).getLast().id();
    ada.asks("How often?");

    ada.repliesTo(answer, "And on the Moon?");

    assertThat(bot)
        .read("user: Why tides?", "assistant: Answer to Why tides?", "user: And on the Moon?");
  }

  @Test
  void replyingToSomebodyElsesAnswerContinuesFromItInAConversationOfOnesOwn()
      throws InterruptedException {
    Speaker ada = bot.adaInGroup();
    Speaker bob = bot.bobInGroup();
    ada.asks("Why tides?");
    String adasAnswer = bot.platform.in(Stores.GROUP).getLast().id();

    bob.repliesTo(adasAnswer, "How often?");
    assertThat(bot).read("user: Why tides?", "assistant: Answer to Why tides?", "user: How often?");

    ada.asks("Thanks.");
    assertThat(bot).read("user: Why tides?", "assistant: Answer to Why tides?", "user: Thanks.");
  }

  @Test
  void peopleInAGroupDoNotShareTheirConversations() throws InterruptedException {
    bot.adaInGroup().asks("My cat is called Turing.");
    bot.bobInGroup().asks("What is my cat called?");

    assertThat(bot).read("user: What is my cat called?");
  }

  @Test
  void aSharedConversationSaysWhoSpeaks() throws InterruptedException {
    bot.stores.settings.set(Stores.GROUP, Setting.SHARED_CONVERSATION, true);

    bot.adaInGroup().asks("My cat is called Turing.");
    bot.bobInGroup().asks("What is Ada's cat called?");

    assertThat(bot)
        .wasTold("Several people speak here")
        .read(
            "user: Ada: My cat is called Turing.",
            "assistant: Answer to Ada: My cat is called Turing.",
            "user: Bob: What is Ada's cat called?");
  }

  @Test
  void anIdleConversationStartsAnewAndSaysSo() throws InterruptedException {
    Speaker ada = bot.ada();
    ada.asks("Why tides?");
    bot.stores.now = bot.stores.now.plus(Duration.ofHours(13));

    ada.asks("Hello again.");

    assertThat(bot)
        .read("user: Hello again.")
        .showsLast(
            ada,
            "_It has been a while, so this is a new conversation. /history has the old one._\n\n"
                + "Answer to Hello again.");
  }

  @Test
  void aConversationWithAnAnswerOnItsWayIsNotIdle() throws InterruptedException {
    Speaker ada = bot.ada();
    bot.model.hold();
    ada.says("Why tides?");
    bot.stores.now = bot.stores.now.plus(Duration.ofHours(13));

    ada.says("How often?");
    bot.model.release();
    bot.platform.awaitQuiet();

    assertThat(bot).read("user: Why tides?", "assistant: Answer to Why tides?", "user: How often?");
  }

  @Test
  void theFirstAnswerInAPlaceSaysThatAnswersCanBeWrong() throws InterruptedException {
    Speaker somebody = bot.somebody("7", Locale.ENGLISH);

    somebody.asks("Why tides?");
    somebody.asks("How often?");

    assertThat(bot)
        .shows(
            somebody,
            "Answer to Why tides?\n\n_I can be wrong: check what matters. /help says more._",
            "Answer to How often?");
  }

  @Test
  void peopleReadTheirOwnLanguage() throws InterruptedException {
    assertThat(bot.somebody("7", Locale.ENGLISH).gives("undo"))
        .says("There is nothing to take back.");
    assertThat(bot.somebody("8", Locale.TAIWAN).gives("undo")).says("沒有可以收回的。");
    assertThat(bot.somebody("9", Locale.CHINA).gives("undo")).says("没有可以撤回的。");
  }

  @Test
  void withoutStreamingOnlyTheWholeAnswerIsShown() throws InterruptedException {
    Speaker ada = bot.ada();
    bot.stores.settings.set(Stores.ADA, Setting.STREAMING, false);

    ada.asks("Why tides?");

    assertThat(bot.platform.everythingIn(Stores.PRIVATE)).containsExactly("Answer to Why tides?");
  }
}
