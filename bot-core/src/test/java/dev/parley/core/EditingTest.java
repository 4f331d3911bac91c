package dev.parley.core;

import static dev.parley.core.BotAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.model.FinishReason;
import dev.parley.platform.Response;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do to what was said: edit, delete, undo, regenerate, continue, stop. */
class EditingTest {
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
  void anEditedQuestionIsAnsweredInTheSamePlaceAsABranch() throws InterruptedException {
    ada.asks("Hello.");
    String question = ada.asks("Why tides?");

    ada.edits(question, "Why waves?");

    assertThat(bot)
        .shows(ada, "Answer to Hello.", "Answer to Why waves?")
        .read("user: Hello.", "assistant: Answer to Hello.", "user: Why waves?");
  }

  @Test
  void anEditThatChangesNothingDoesNothing() throws InterruptedException {
    String question = ada.asks("Why tides?");

    ada.edits(question, "Why tides?");

    assertThat(bot).wasAskedTimes(1);
  }

  @Test
  void aQuestionEditedWhileItIsAnsweredIsAnsweredInTheSamePlace() throws InterruptedException {
    bot.model.hold();
    String question = ada.says("Why tides?");
    bot.model.awaitPrompts(1);
    bot.platform.awaitText("Answer");

    Thread edit = Thread.ofVirtual().start(() -> editWhileBusy(question));
    bot.model.awaitPrompts(2);
    bot.model.release();
    edit.join();
    bot.platform.awaitQuiet();

    assertThat(bot).shows(ada, "Answer to Why waves?").read("user: Why waves?");
  }

  private void editWhileBusy(String question) {
    try {
      ada.edits(question, "Why waves?");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void nobodyEditsAnotherPersonsQuestion() throws InterruptedException {
    String question = bot.adaInGroup().asks("Why tides?");

    bot.bobInGroup().edits(question, "Why waves?");

    assertThat(bot).wasAskedTimes(1);
  }

  @Test
  void aDeletedQuestionLeavesTheContextWithItsAnswer() throws InterruptedException {
    String question = ada.asks("Why tides?");
    ada.deletes(question);

    ada.asks("Hello.");

    assertThat(bot).read("user: Hello.");
  }

  @Test
  void undoTakesTheLastExchangeBack() throws InterruptedException {
    ada.asks("Hello.");
    ada.asks("Why tides?");

    assertThat(ada.gives("undo")).says("Taken back: \"Why tides?\"");
    ada.asks("Why waves?");

    assertThat(bot).read("user: Hello.", "assistant: Answer to Hello.", "user: Why waves?");
  }

  @Test
  void anotherAnswerTakesThePlaceOfTheFirstAndBothCanBeSeen() throws InterruptedException {
    ada.asks("Why tides?");
    bot.model.answers("The Sun helps.");
    ada.presses("↻");
    assertThat(bot).shows(ada, "The Sun helps.").showsButtons(ada, "👍", "👎", "↻", "‹", "2/2");

    ada.presses("‹");
    assertThat(bot)
        .shows(ada, "Answer to Why tides?")
        .showsButtons(ada, "👍", "👎", "↻", "1/2", "›");

    ada.asks("Sure?");
    assertThat(bot).read("user: Why tides?", "assistant: Answer to Why tides?", "user: Sure?");
  }

  @Test
  void replyingToAWalkedSiblingContinuesFromIt() throws InterruptedException {
    ada.asks("Why tides?");
    bot.model.answers("The Sun helps.");
    ada.presses("↻");
    ada.presses("‹");

    ada.repliesTo(bot.platform.in(ada.place().id()).getLast().id(), "Sure?");

    assertThat(bot).read("user: Why tides?", "assistant: Answer to Why tides?", "user: Sure?");
  }

  @Test
  void regenerateAsksTheSameQuestionAnew() throws InterruptedException {
    ada.asks("Why tides?");

    ada.gives("regenerate");

    assertThat(bot).wasAskedTimes(2).read("user: Why tides?");
    assertThat(bot.model.lastOptions().sampling().temperature()).isPositive();
  }

  @Test
  void whoSeesTheButtonsMayPressThemBeforeThePlatformConfirmed() throws Exception {
    ada.gives("preferences", "setting", "streaming", "value", "off");
    bot.platform.holdConfirmations();
    ada.says("Why tides?");
    bot.platform.awaitText("Answer to Why tides?");
    String again =
        bot.platform.in(ada.place().id()).getLast().buttons().stream()
            .filter(button -> button.label().equals("↻"))
            .findFirst()
            .orElseThrow()
            .id();
    bot.model.answers("The Sun helps.");

    FutureTask<Response> press = new FutureTask<>(() -> ada.pressesIdWhileBusy(again));
    Thread presser = Thread.ofPlatform().start(press);
    while (presser.getState() != Thread.State.WAITING && !press.isDone()) {
      Thread.onSpinWait();
    }
    bot.platform.release();

    assertThat(press.get().text()).isEmpty();
    bot.platform.awaitQuiet();
    assertThat(bot).shows(ada, "The Sun helps.");
  }

  @Test
  void anAnswerThatFailsAgainLeavesTheOneBefore() throws InterruptedException {
    ada.asks("Why tides?");
    bot.model.failsTimes(2);
    ada.presses("↻");
    assertThat(bot).showsButtons(ada, "Try again", "‹");

    ada.asks("Sure?");

    assertThat(bot).read("user: Why tides?", "assistant: Answer to Why tides?", "user: Sure?");
  }

  @Test
  void anAnswerCutAtItsLimitGoesOn() throws InterruptedException {
    bot.model.endsWith(FinishReason.LENGTH);
    bot.model.answers("The Moon");
    ada.asks("Why tides?");
    assertThat(bot).showsButtons(ada, "👍", "👎", "↻", "Continue");

    bot.model.endsWith(FinishReason.END);
    bot.model.answers(" pulls.");
    ada.presses("Continue");

    assertThat(bot)
        .read("user: Why tides?", "assistant: The Moon")
        .shows(ada, "The Moon pulls.")
        .showsButtons(ada, "👍", "👎", "↻");
  }

  @Test
  void stoppingARunningAnswerKeepsWhatIsThere() throws InterruptedException {
    bot.model.hold();
    ada.says("Why tides?");
    bot.platform.awaitText("Answer");

    ada.gives("stop");

    assertThat(bot).shows(ada, "Answer\n\n_(stopped)_");
  }

  @Test
  void stoppingAWaitingAnswerTakesItOutOfTheQueue() throws InterruptedException {
    bot.model.hold();
    ada.says("Why tides?");
    bot.model.awaitPrompts(1);
    ada.says("How often?");
    bot.platform.awaitText("You're number 1");
    String cancel = bot.platform.in(ada.place().id()).getLast().buttons().getFirst().id();

    ada.pressesIdWhileBusy(cancel);
    bot.platform.awaitText("_(stopped)_");
    bot.model.release();
    bot.platform.awaitQuiet();

    assertThat(bot).shows(ada, "Answer to Why tides?", "_(stopped)_").wasAskedTimes(1);
  }

  @Test
  void nobodyStopsAnotherPersonsAnswer() throws InterruptedException {
    Speaker adaThere = bot.adaInGroup();
    Speaker bob = bot.bobInGroup();
    bot.model.hold();
    adaThere.says("Why tides?");
    bot.platform.awaitText("Answer");
    String stop = bot.platform.in(adaThere.place().id()).getLast().buttons().getFirst().id();

    assertThat(bob.pressesIdWhileBusy(stop)).says("這個按鈕是給Ada的。問我一個問題，你就會有自己的。");
    assertThat(bob.givesWhileBusy("stop", Map.of())).says("現在沒有正在寫的回答。");
    bot.model.release();
    bot.platform.awaitQuiet();

    assertThat(bot).shows(adaThere, "Answer to Why tides?");
  }

  @Test
  void nobodyRegeneratesOrContinuesAnotherPersonsAnswer() throws InterruptedException {
    bot.adaInGroup().asks("Why tides?");
    String again = bot.platform.in(Bot.GROUP.id()).getLast().buttons().getFirst().id();
    Speaker bob = bot.bobInGroup();

    assertThat(bob.pressesId(again)).says("這個按鈕是給Ada的。問我一個問題，你就會有自己的。");
    assertThat(bob.pressesId(again.replace("regenerate:again", "continue")))
        .says("這個按鈕是給Ada的。問我一個問題，你就會有自己的。");
    assertThat(bot).wasAskedTimes(1);
  }

  @Test
  void aButtonForgedFromAnotherPlaceNamesNobody() throws InterruptedException {
    ada.asks("Why tides?");
    String again = ada.buttonId("↻");

    assertThat(bot.bobInGroup().pressesId(again)).says("這個按鈕屬於較早的回答。請用最新的，或輸入 /regenerate。");
  }

  @Test
  void walkingTwiceAtOnceShowsOneAnswerAfterTheOther() throws InterruptedException {
    ada.asks("Why tides?");
    bot.model.answers("The Sun helps.");
    ada.presses("↻");
    bot.model.answers("So does the Earth.");
    ada.presses("↻");
    String back = ada.buttonId("‹");
    bot.platform.hold();

    assertThat(ada.pressesIdWhileBusy(back)).says("");
    assertThat(ada.pressesIdWhileBusy(back)).says("Your answer is being written.");
    bot.platform.release();
    bot.platform.awaitQuiet();

    assertThat(bot)
        .shows(ada, "The Sun helps.")
        .showsButtons(ada, "👍", "👎", "↻", "‹", "2/3", "›");
  }
}
