package dev.parley.core;

import static dev.parley.core.BotAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.learning.Preference;
import dev.parley.learning.TrainingData;
import dev.parley.platform.Response;
import dev.parley.settings.Setting;
import dev.parley.storage.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
  private static final String INVITATION =
      "I wrote a second answer to this, to learn from you which one is better.";

  @TempDir Path folder;
  private Bot bot;
  private Speaker ada;

  @BeforeEach
  void start() throws InterruptedException {
    bot = Bot.in(folder);
    ada = bot.ada();
    bot.stores.settings.set(Stores.PRIVATE, Setting.COMPARISONS, 2);
    bot.stores.consents.give(Stores.ADA);
  }

  @AfterEach
  void stop() {
    bot.close();
  }

  @Test
  void afterSomeAnswersTwoAreOfferedToCompare() throws InterruptedException {
    ada.asks("Why waves?");
    assertThat(bot.background.round()).isFalse();
    asksAndIsInvited();

    assertThat(bot).showsLast(ada, INVITATION).showsButtons(ada, "Compare", "Not now");
    assertThat(bot).read("user: Why waves?", "assistant: Answer to Why waves?", "user: Why tides?");
    assertThat(ada.presses("Compare"))
        .mentions("**Which answer is better?**", "**First**", "The Moon.", "**Second**", "The sea.")
        .offers("First", "Second", "About the same", "Not now");
  }

  @Test
  void theNextOneIsOfferedOnlyAfterAsManyAnswers() throws InterruptedException {
    isInvited();

    ada.asks("And why twice a day?");
    assertThat(bot.background.round()).isFalse();
    ada.asks("Sure?");
    bot.model.answers("Not sure.");
    assertThat(bot.round()).isTrue();
  }

  @Test
  void whoDidNotAgreeIsNeverAsked() throws InterruptedException {
    bot.stores.consents.withdraw(Stores.ADA);
    ada.asks("Why waves?");
    ada.asks("Why tides?");

    assertThat(bot.background.round()).isFalse();
    assertThat(bot).wasAskedTimes(2);
  }

  @Test
  void answersFromBeforeOneAgreedDoNotCount() throws InterruptedException {
    bot.stores.consents.withdraw(Stores.ADA);
    ada.asks("Why waves?");
    bot.stores.now = bot.stores.now.plus(Duration.ofSeconds(1));
    bot.stores.consents.give(Stores.ADA);
    ada.asks("Why tides?");

    assertThat(bot.background.round()).isFalse();
  }

  @Test
  void whereComparisonsAreOffNobodyIsAsked() throws InterruptedException {
    bot.stores.settings.set(Stores.PRIVATE, Setting.COMPARISONS, 0);
    ada.asks("Why waves?");
    ada.asks("Why tides?");

    assertThat(bot.background.round()).isFalse();
  }

  @Test
  void nothingIsWrittenWhileSomebodyWaits() throws InterruptedException {
    ada.asks("Why waves?");
    ada.asks("Why tides?");
    bot.model.hold();
    bot.adaInGroup().says("And here?");
    bot.model.awaitPrompts(3);

    assertThat(bot.background.round()).isFalse();

    bot.model.release();
    bot.platform.awaitQuiet();
  }

  @Test
  void anAnswerFromSomeTimeAgoIsNotComparedAnyMore() throws InterruptedException {
    ada.asks("Why waves?");
    ada.asks("Why tides?");
    bot.stores.conversations.rename(
        bot.stores.conversations.current(Stores.adaInPrivate()).orElseThrow().id(), "Waves");
    bot.stores.now = bot.stores.now.plus(Duration.ofHours(1));

    assertThat(bot.background.round()).isFalse();
  }

  @Test
  void whereTheSecondAnswerIsTheSameNobodyIsAsked() throws InterruptedException {
    ada.asks("Why waves?");
    ada.asks("Why tides?");

    assertThat(bot.round()).isTrue();

    assertThat(bot).showsLast(ada, "Answer to Why tides?");
    assertThat(bot.background.round()).isFalse();
  }

  @Test
  void whoGoesOnWhileTheSecondAnswerIsWrittenIsNotAsked() throws InterruptedException {
    ada.asks("Why waves?");
    ada.asks("Why tides?");
    bot.model.answers(
        prompt -> {
          bot.stores.tree.undo(
              bot.stores.conversations.current(Stores.adaInPrivate()).orElseThrow().id());
          return "The sea.";
        });

    assertThat(bot.round()).isTrue();

    assertThat(bot).showsLast(ada, "Answer to Why tides?");
  }

  @Test
  void theAnswerThatWasBetterIsLearntAndTakesTheOthersPlace() throws InterruptedException {
    isInvited();
    Response question = ada.presses("Compare");

    assertThat(ada.presses(question, position(question, "The sea."))).says("Thanks.");

    bot.platform.awaitText("The sea.");
    assertThat(bot).shows(ada, "The Moon.", "The sea.", INVITATION);
    assertThat(pairs()).containsExactly("compared: The sea. > The Moon.");
    ada.asks("Sure?");
    assertThat(bot)
        .read(
            "user: Why waves?",
            "assistant: The Moon.",
            "user: Why tides?",
            "assistant: The sea.",
            "user: Sure?");
    assertThat(pairs()).containsExactly("compared: The sea. > The Moon.");
  }

  @Test
  void theAnswerThatWasGivenStaysWhereItIsBetter() throws InterruptedException {
    isInvited();
    Response question = ada.presses("Compare");

    ada.presses(question, position(question, "The Moon."));

    assertThat(bot).shows(ada, "The Moon.", "The Moon.", INVITATION);
    assertThat(pairs()).containsExactly("compared: The Moon. > The sea.");
  }

  @Test
  void whereTheConversationWentOnItStaysAsItIs() throws InterruptedException {
    isInvited();
    Response question = ada.presses("Compare");
    bot.model.answers("Yes.");
    ada.asks("Sure?");

    ada.presses(question, position(question, "The sea."));

    assertThat(bot).shows(ada, "The Moon.", "The Moon.", INVITATION, "Yes.");
    assertThat(pairs()).containsExactly("compared: The sea. > The Moon.");
  }

  @Test
  void whoFindsBothTheSameOrDoesNotWantToSayTeachesNothing() throws InterruptedException {
    isInvited();
    Response question = ada.presses("Compare");
    assertThat(ada.presses(question, "About the same")).says("Thanks.");
    ada.asks("Sure?");
    bot.model.answers("Not sure.");
    ada.asks("Really?");
    bot.model.answers("Yes.");
    bot.round();

    assertThat(ada.presses("Not now")).says("All right, another time.");

    assertThat(pairs()).isEmpty();
  }

  @Test
  void theFirstWordCounts() throws InterruptedException {
    isInvited();
    Response question = ada.presses("Compare");
    ada.presses(question, position(question, "The Moon."));

    assertThat(ada.presses(question, position(question, "The sea.")))
        .says("You have said that already. Thanks.");

    assertThat(pairs()).containsExactly("compared: The Moon. > The sea.");
  }

  @Test
  void onlyThePersonAskedMayPress() throws InterruptedException {
    bot.stores.settings.set(Stores.GROUP, Setting.SHARED_CONVERSATION, true);
    bot.stores.settings.set(Stores.GROUP, Setting.COMPARISONS, 1);
    ada = bot.adaInGroup();
    asksAndIsInvited();

    assertThat(bot.bobInGroup().presses("Compare")).says("這個按鈕是給Ada的。問我一個問題，你就會有自己的。");
    assertThat(bot.ada().pressesId(ada.buttonId("Compare")))
        .says("This button is from an older answer. Use the newest one, or /regenerate.");
  }

  @Test
  void forgedButtonsChooseNothing() throws InterruptedException {
    isInvited();
    String old = "This button is from an older answer. Use the newest one, or /regenerate.";
    String id = ada.buttonId("Compare");

    assertThat(ada.pressesId("compare:first:999")).says(old);
    assertThat(ada.pressesId("compare:first")).says(old);
    assertThat(ada.pressesId(id.replace("show", "nonsense"))).says(old);

    assertThat(pairs()).isEmpty();
  }

  @Test
  void aChoiceOfWhoAgreesNoLongerIsNotLearnt() throws InterruptedException {
    isInvited();
    Response question = ada.presses("Compare");
    ada.presses(question, position(question, "The Moon."));

    bot.stores.consents.withdraw(Stores.ADA);

    assertThat(pairs()).isEmpty();
  }

  private void isInvited() throws InterruptedException {
    bot.model.answers("The Moon.");
    ada.asks("Why waves?");
    asksAndIsInvited();
  }

  private void asksAndIsInvited() throws InterruptedException {
    bot.model.answers("The Moon.");
    ada.asks("Why tides?");
    bot.stores.now = bot.stores.now.plus(Duration.ofSeconds(5));
    bot.model.answers("The sea.");
    assertThat(bot.round()).isTrue();
    bot.stores.now = bot.stores.now.plus(Duration.ofSeconds(5));
  }

  /** What the button of an answer says. */
  private static String position(Response question, String answer) {
    String text = question.text();
    return text.indexOf(answer) < text.indexOf("**Second**") ? "First" : "Second";
  }

  private List<String> pairs() {
    return new TrainingData(
            bot.stores.database, bot.stores.consents, bot.stores.comparisons, bot.stores.tree)
        .snapshot().preferences().stream().map(ComparisonTest::pair).toList();
  }

  private static String pair(Preference pair) {
    return pair.id().replaceAll("-.*", "") + ": " + pair.chosen() + " > " + pair.rejected();
  }
}
