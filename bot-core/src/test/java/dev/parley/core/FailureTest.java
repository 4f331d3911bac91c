package dev.parley.core;

import static dev.parley.core.BotAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.MessageId;
import dev.parley.model.FinishReason;
import dev.parley.platform.Person;
import dev.parley.platform.Response;
import dev.parley.queue.QueueLimits;
import dev.parley.reply.Reply;
import dev.parley.reply.ReplyId;
import dev.parley.reply.ReplyState;
import dev.parley.storage.Stores;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureTest {
  private static final String WEAK =
      "_This model is weak in Chinese. `./parley model list --language zh` shows better ones;"
          + " a model on a server is used by PARLEY_MODEL_URL._";

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
  void aModelThatFailsOnceIsAskedAgain() throws InterruptedException {
    bot.model.failsTimes(1);

    ada.asks("Why tides?");

    assertThat(bot).wasAskedTimes(2).shows(ada, "Answer to Why tides?");
    assertThat(bot.tally.failures()).containsEntry("model", 1L);
  }

  @Test
  void aModelThatFailsTwiceGivesACaseAndAnotherTry() throws InterruptedException {
    bot.model.failsTimes(2);
    ada.asks("Why tides?");

    assertThat(bot.platform.in(Stores.PRIVATE).getLast().text())
        .matches(
            "I couldn't finish this answer\\. Please try again; if it happens again, tell the"
                + " admin: case [2-9A-Z]{4}\\.");
    ada.presses("Try again");

    assertThat(bot).shows(ada, "Answer to Why tides?").read("user: Why tides?");
    assertThat(ada.gives("usage")).says("Today: 1 answer. In all: 1 answer.");
  }

  @Test
  void anAnswerThatCannotBeStoredComesOnceItCan() throws InterruptedException {
    bot.stores.database.update(
        handle ->
            handle.execute(
                "CREATE TRIGGER full BEFORE UPDATE ON reply BEGIN SELECT RAISE(ABORT, 'full');"
                    + " END"));
    ada.says("Why tides?");
    bot.platform.awaitText("I couldn't finish this answer.");
    bot.stores.database.update(handle -> handle.execute("DROP TRIGGER full"));
    bot.platform.awaitText("Answer to Why tides?");

    assertThat(texts()).hasSize(1);
    Awaitility.await().until(() -> bot.stores.replies.unfinished().isEmpty());
  }

  @Test
  void whatComesAfterAnAnswerThatCannotBeStoredStandsAfterIt() throws InterruptedException {
    bot.stores.database.update(
        handle ->
            handle.execute(
                "CREATE TRIGGER full BEFORE UPDATE ON reply WHEN OLD.id = 1 BEGIN SELECT"
                    + " RAISE(ABORT, 'full'); END"));
    ada.says("Why tides?");
    bot.platform.awaitText("I couldn't finish this answer.");
    ada.says("Why winds?");
    Awaitility.await().until(() -> bot.model.prompts().getLast().toString().contains("Why winds?"));
    bot.stores.database.update(handle -> handle.execute("DROP TRIGGER full"));
    bot.platform.awaitText("Answer to Why winds?");

    assertThat(texts()).contains("Answer to Why tides?");
  }

  @Test
  void anAnswerThatMeetsAFullDiskIsWrittenAgainAndNoFailure() throws InterruptedException {
    String answer = "A word or two. ".repeat(2_000).strip();
    bot.model.answers(answer);
    bot.model.hold();
    ada.says("Why tides?");
    bot.model.awaitPrompts(1);
    setMaxPages(1); // SQLite takes the present size as the least
    bot.model.release();
    bot.model.awaitPrompts(7);
    assertThat(texts()).noneMatch(text -> text.contains("couldn't"));
    assertThat(bot.tally.failures()).containsKey("database-disk-full");
    setMaxPages(1_000_000);
    Awaitility.await().until(() -> bot.stores.replies.unfinished().isEmpty());
    bot.platform.awaitQuiet();

    assertThat(String.join(" ", texts())).isEqualTo(answer);
  }

  private void setMaxPages(int pages) {
    bot.stores.database.update(
        handle -> handle.createQuery("PRAGMA max_page_count = " + pages).mapTo(Long.class).one());
  }

  @Test
  void aFullQueueIsSaidAndNothingIsLost() throws InterruptedException {
    bot.close();
    bot = Bot.in(folder, Bot.Setup.USUAL.withParallel(1).withLimits(new QueueLimits(1, 1, 10)));
    ada = bot.ada();
    bot.model.hold();
    ada.says("One?");
    bot.model.awaitPrompts(1);
    ada.says("Two?");
    bot.platform.awaitText("You're number 1");
    ada.says("Three?");
    bot.platform.awaitText("You have 1 question waiting. Let me answer those first.");
    assertThat(bot.tally.limits()).containsEntry("waiting-of-person", 1L);
    bot.model.release();
    bot.platform.awaitQuiet();

    ada.asks("Four?");

    assertThat(bot)
        .read(
            "user: One?",
            "assistant: Answer to One?",
            "user: Two?",
            "assistant: Answer to Two?",
            "user: Four?");
  }

  @Test
  void aModelWithoutAWordGivesACase() throws InterruptedException {
    bot.model.answers("");
    ada.asks("Why tides?");

    assertThat(bot).wasAskedTimes(2);
    assertThat(texts().getLast()).startsWith("I couldn't finish this answer.");
  }

  @Test
  void aContinuationThatFailsLeavesWhatStood() throws InterruptedException {
    bot.model.endsWith(FinishReason.LENGTH);
    ada.asks("Why tides?");
    bot.model.failsTimes(2);
    ada.presses("Continue");

    assertThat(texts()).hasSize(1);
    assertThat(texts().getFirst())
        .startsWith("Answer to Why tides?")
        .contains("I couldn't finish this answer.");
    ada.presses("Continue");
    assertThat(texts().getFirst()).doesNotContain("couldn't");
  }

  @Test
  void anAnswerIsContinuedOnceHoweverOftenPressed() throws InterruptedException {
    bot.model.endsWith(FinishReason.LENGTH);
    ada.asks("Why tides?");
    String button = bot.platform.in(Stores.PRIVATE).getLast().buttons().getLast().id();
    bot.model.hold();
    ada.pressesIdWhileBusy(button);
    bot.model.awaitPrompts(2);
    Response second = ada.pressesIdWhileBusy(button);
    bot.model.release();
    bot.platform.awaitQuiet();

    assertThat(second).says("Your answer is being written.");
    assertThat(bot).wasAskedTimes(2);
  }

  @Test
  void deletingAConversationStopsItsAnswer() throws InterruptedException {
    ada.asks("Why tides?");
    bot.model.hold();
    ada.says("And then?");
    bot.model.awaitPrompts(2);
    long conversation =
        bot.stores.conversations.current(Stores.adaInPrivate()).orElseThrow().id().value();
    Thread release = Thread.ofVirtual().start(bot.model::release);
    ada.pressesId("history:really-delete:" + conversation);
    release.join();

    assertThat(bot.answering.idle()).isTrue();
    assertThat(bot.stores.replies.unfinished()).isEmpty();
    ada.asks("Hello?");
    assertThat(bot).read("user: Hello?");
  }

  @Test
  void anAnswerThatEndsTheProcessEachTimeIsGivenUp() throws InterruptedException {
    ada.asks("Why tides?");
    ReplyId reply = askedAgain().id();
    bot.stores.replies.generating(reply);
    for (int i = 0; i < 4; i++) { // then the process ends, and the next one begins again
      bot.stores.replies.requeue(reply);
      bot.stores.replies.generating(reply);
    }
    bot.close();

    bot = Bot.restarted(folder, Bot.Setup.USUAL, bot.platform);
    bot.answering.resume(bot.platform.name());
    bot.platform.awaitQuiet();

    assertThat(bot).wasAskedTimes(0);
    assertThat(bot.platform.in(ada.place().id()).getLast().text())
        .startsWith("I couldn't finish this answer.");
    assertThat(bot.stores.replies.unfinished()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "AB23, case AB23.",
    "thought only, or choose longer answers in /preferences.",
    "moderated, case moderated."
  })
  void whoWasNotToldOfAFailureBeforeTheProcessEndedIsToldByTheNextOne(String errorCase, String end)
      throws InterruptedException {
    ada.asks("Why tides?");
    ReplyId reply = askedAgain().id();
    bot.stores.replies.generating(reply);
    bot.stores.replies.givenUp(reply, errorCase); // then the process ends
    bot.close();

    bot = Bot.restarted(folder, Bot.Setup.USUAL, bot.platform);
    bot.answering.resume(bot.platform.name());
    bot.platform.awaitQuiet();

    assertThat(bot).wasAskedTimes(0);
    assertThat(bot.platform.in(ada.place().id()).getLast().text()).endsWith(end);
    Reply after = bot.stores.replies.find(reply).orElseThrow();
    assertThat(after.state()).isEqualTo(ReplyState.FAILED);
    assertThat(after.errorCase()).contains(errorCase);
  }

  @Test
  void aRestartIsSaidUntilTheAnswerBegins() throws InterruptedException {
    ada.asks("Why tides?");
    askedAgain(); // then the process ends
    bot.close();

    bot = Bot.restarted(folder, Bot.Setup.USUAL, bot.platform);
    CountDownLatch begun = new CountDownLatch(1);
    bot.model.answers(
        prompt -> {
          await(begun);
          return "The Moon pulls.";
        });
    bot.answering.resume(bot.platform.name());
    bot.platform.awaitText("One moment, I was restarted.");
    begun.countDown();
    bot.platform.awaitQuiet();

    assertThat(bot).shows(ada, "The Moon pulls.");
    assertThat(bot.stores.replies.unfinished()).isEmpty();
  }

  @Test
  void adminsAreToldOnceThatTheModelIsWeakInChinese() throws InterruptedException {
    bot.close();
    bot = Bot.in(folder, Bot.Setup.USUAL.withLanguages("en"));
    Speaker admin = admin(bot.ada());

    admin.asks("Why tides?");
    admin.asks("潮汐為什麼一天兩次？");
    admin.asks("為什麼？");

    assertThat(texts()).filteredOn(text -> text.contains(WEAK)).hasSize(1);
    assertThat(texts().get(1)).endsWith(WEAK);
  }

  @Test
  void othersAreNotToldNorIsItSaidOfAModelThatSpeaksChinese() throws InterruptedException {
    admin(ada).asks("潮汐為什麼一天兩次？");
    bot.close();
    bot = Bot.restarted(folder, Bot.Setup.USUAL.withLanguages("en"), bot.platform);
    bot.ada().asks("潮汐為什麼一天兩次？");

    assertThat(texts()).noneMatch(text -> text.contains(WEAK));
  }

  /** Ada's last question, queued once more and carried by nobody. */
  private Reply askedAgain() {
    MessageId answer =
        bot.stores
            .conversations
            .current(Stores.adaInPrivate())
            .flatMap(Conversation::activeLeaf)
            .orElseThrow();
    return bot.stores.replies.regenerate(answer, Stores.ADA, Stores.PRIVATE);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> texts() {
    return bot.platform.in(Stores.PRIVATE).stream().map(RecordingPlatform.Shown::text).toList();
  }

  private Speaker admin(Speaker speaker) {
    Person person = speaker.person();
    return new Speaker(
        bot, new Person(person.id(), person.name(), Locale.ENGLISH, true), speaker.place());
  }
}
