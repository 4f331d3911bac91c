package dev.parley.core;

import static dev.parley.core.BotAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conversation.MessageId;
import dev.parley.platform.Person;
import dev.parley.platform.PersonId;
import dev.parley.platform.Place;
import dev.parley.platform.PlaceId;
import dev.parley.platform.Reaction;
import dev.parley.platform.Response;
import dev.parley.platform.Thumb;
import dev.parley.rating.Rating;
import dev.parley.rating.Rating.Source;
import dev.parley.rating.Reason;
import dev.parley.settings.Setting;
import dev.parley.settings.Teachers;
import dev.parley.storage.Stores;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RatingTest {
  private static final Optional<Thumb> LIKE = Optional.of(Thumb.UP);
  private static final Optional<Thumb> DISLIKE = Optional.of(Thumb.DOWN);
  private static final Optional<Thumb> NO_REACTION = Optional.empty();

  @TempDir Path folder;
  private Bot bot;
  private Speaker ada;

  @BeforeEach
  void start() throws InterruptedException {
    bot = Bot.in(folder);
    ada = bot.ada();
    ada.asks("Why tides?");
  }

  @AfterEach
  void stop() {
    bot.close();
  }

  @Test
  void aThumbIsThankedForAndTheAnswerStaysAsItIs() throws InterruptedException {
    assertThat(ada.presses("👍")).says("Thanks.").offers();

    assertThat(rating(ada)).contains(good(Source.BUTTON));
    assertThat(bot).shows(ada, "Answer to Why tides?").showsButtons(ada, "👍", "👎", "↻");
  }

  @Test
  void theSameThumbAgainTakesItBack() throws InterruptedException {
    ada.presses("👎");

    assertThat(ada.presses("👎")).says("Taken back.").offers();

    assertThat(rating(ada)).isEmpty();
  }

  @Test
  void theSamePressDeliveredTwiceCountsOnce() {
    assertThat(ada.pressesTwice(ada.buttonId("👍"))).says("Thanks.");

    assertThat(rating(ada)).contains(good(Source.BUTTON));
  }

  @Test
  void aBadAnswerIsAskedAbout() throws InterruptedException {
    Response question = ada.presses("👎");
    assertThat(question)
        .says("What was wrong?")
        .offers("Not true", "Not helpful", "Unsafe", "Wrong language", "Write a better answer");

    assertThat(ada.presses(question, "Not true")).says("Thanks.").offers("Say more");
    assertThat(rating(ada).orElseThrow().reason()).contains(Reason.WRONG);
    ada.presses(question, "Not helpful");
    assertThat(rating(ada).orElseThrow().reason()).contains(Reason.NOT_HELPFUL);
    ada.presses(question, "Unsafe");
    assertThat(rating(ada).orElseThrow().reason()).contains(Reason.UNSAFE);
    ada.presses(question, "Wrong language");
    assertThat(rating(ada).orElseThrow().reason()).contains(Reason.WRONG_LANGUAGE);
  }

  @Test
  void whatWasWrongAndABetterAnswerCanBeWritten() throws InterruptedException {
    Response question = ada.presses("👎");
    Response more = ada.presses(ada.presses(question, "Not true"), "Say more");
    assertThat(ada.fillsIn(more, " The Moon is missing. ")).says("Thanks.");
    Response better = ada.presses(question, "Write a better answer");
    assertThat(ada.fillsIn(better, "The Moon *pulls*.")).says("Thanks.");

    assertThat(rating(ada))
        .contains(
            new Rating(
                Thumb.DOWN,
                Source.BUTTON,
                Optional.of(Reason.WRONG),
                Optional.of("The Moon is missing."),
                Optional.of("The Moon *pulls*.")));
  }

  @Test
  void whereOnlyAdminsMayTeachOthersCannotWriteABetterAnswer() throws InterruptedException {
    Speaker there = bot.adaInGroup();
    there.asks("Why waves?");
    Response question = there.presses("👎");
    Response form = there.presses(question, "Write a better answer");

    bot.stores.settings.set(Stores.GROUP, Setting.TEACHERS, Teachers.ADMINS);

    String refusal = "Here only those who manage this group may write better answers.";
    assertThat(there.presses(question, "Write a better answer")).says(refusal);
    assertThat(there.fillsIn(form, "The wind.")).says(refusal);
    assertThat(rating(there).orElseThrow().better()).isEmpty();
    there.presses("👎"); // takes it back
    assertThat(there.presses("👎")).offers("Not true", "Not helpful", "Unsafe", "Wrong language");
  }

  @Test
  void adminsMayAlwaysTeach() throws InterruptedException {
    bot.stores.settings.set(Stores.GROUP, Setting.TEACHERS, Teachers.ADMINS);
    Speaker cleo = bot.cleoInGroup();
    cleo.asks("Why waves?");

    Response form = cleo.presses(cleo.presses("👎"), "Write a better answer");
    assertThat(cleo.fillsIn(form, "The wind.")).says("Thanks.");

    assertThat(rating(cleo).orElseThrow().better()).contains("The wind.");
  }

  @Test
  void anEmptyTextChangesNothingAndATooLongOneIsAskedForAgain() throws InterruptedException {
    Response better = ada.presses(ada.presses("👎"), "Write a better answer");

    Response tooLong = ada.fillsIn(better, "😀".repeat(4_001));
    assertThat(tooLong)
        .says("That's 4,001 characters; I can keep 4,000. Please shorten it and send it again.");
    assertThat(ada.fillsIn(tooLong, "  ")).says("All right, everything stays as it is.");
    assertThat(rating(ada).orElseThrow().better()).isEmpty();
    ada.fillsIn(tooLong, "😀".repeat(4_000));

    assertThat(rating(ada).orElseThrow().better()).contains("😀".repeat(4_000));
  }

  @Test
  void theOtherThumbReplacesTheRatingWithItsReason() throws InterruptedException {
    Response question = ada.presses("👎");
    ada.presses(question, "Unsafe");

    assertThat(ada.presses("👍")).says("Thanks.");
    assertThat(rating(ada)).contains(good(Source.BUTTON));

    ada.presses(question, "Unsafe"); // the question still stands there
    assertThat(rating(ada).orElseThrow().thumb()).isEqualTo(Thumb.DOWN);
  }

  @Test
  void onlyThePersonAskedMayRate() throws InterruptedException {
    bot.adaInGroup().asks("Why waves?");
    Speaker bob = bot.bobInGroup();

    assertThat(bob.presses("👍")).says("這個按鈕是給Ada的。問我一個問題，你就會有自己的。");
    assertThat(bob.presses("👎")).says("這個按鈕是給Ada的。問我一個問題，你就會有自己的。").offers();
    bob.reacts(LIKE);

    assertThat(ratings()).isZero();
  }

  @Test
  void inASharedConversationEveryoneRatesForThemselves() throws InterruptedException {
    bot.stores.settings.set(Stores.GROUP, Setting.SHARED_CONVERSATION, true);
    Speaker there = bot.adaInGroup();
    there.asks("Why waves?");
    Speaker bob = bot.bobInGroup();

    assertThat(there.presses("👍")).says("Thanks.");
    assertThat(bob.presses("👎")).says("哪裡不好？");
    stranger().reacts(LIKE);

    assertThat(rating(there)).contains(good(Source.BUTTON));
    assertThat(rating(bob).orElseThrow().thumb()).isEqualTo(Thumb.DOWN);
    assertThat(rating(stranger())).contains(good(Source.REACTION));
  }

  @Test
  void forgedButtonsRateNothing() throws InterruptedException {
    String old = "This button is from an older answer. Use the newest one, or /regenerate.";
    MessageId answer = answer(ada);
    long question = bot.stores.tree.find(answer).orElseThrow().parent().orElseThrow().value();

    assertThat(ada.pressesId("rate:up:" + question)).says(old);
    assertThat(ada.pressesId("rate:up:999")).says(old);
    assertThat(ada.pressesId("rate:up")).says(old);
    assertThat(ada.pressesId("rate:reason:" + answer.value() + ":nonsense")).says(old);
    assertThat(ada.pressesId("rate:nonsense:" + answer.value())).says(old);

    assertThat(ratings()).isZero();
  }

  @Test
  void ratingIsNoCommand() throws InterruptedException {
    assertThat(bot.core.commands()).extracting("name").doesNotContain("rate");
    assertThat(ada.gives("rate")).says("I don't know /rate. /help lists what I can do.");
  }

  @Test
  void eachAlternativeIsRatedForItself() throws InterruptedException {
    ada.presses("👎");
    MessageId first = answer(ada);
    ada.presses("↻");
    ada.presses("👍");

    assertThat(bot.stores.ratings.find(first, Stores.ADA).orElseThrow().thumb())
        .isEqualTo(Thumb.DOWN);
    assertThat(rating(ada)).contains(good(Source.BUTTON));
  }

  @Test
  void aReactionIsARatingUntilItIsTakenAway() {
    ada.reacts(LIKE);
    assertThat(rating(ada)).contains(good(Source.REACTION));
    ada.reacts(DISLIKE);
    assertThat(rating(ada).orElseThrow().thumb()).isEqualTo(Thumb.DOWN);

    ada.reacts(NO_REACTION);

    assertThat(rating(ada)).isEmpty();
  }

  @Test
  void aReactionNeverChangesWhatAButtonSaid() throws InterruptedException {
    ada.reacts(LIKE);
    assertThat(ada.presses("👍")).says("Thanks."); // more is meant by it: nothing is taken back
    ada.reacts(DISLIKE);
    ada.reacts(NO_REACTION);

    assertThat(rating(ada)).contains(good(Source.BUTTON));
  }

  @Test
  void reactionsToAnythingElseLeaveNoTrace() throws InterruptedException {
    Speaker there = bot.adaInGroup();
    there.asks("Why waves?");
    stranger().reacts(LIKE);
    bot.core.reacted(new Reaction(Stores.GROUP, there.person(), "no message of ours", LIKE));
    String question = there.asks("Sure?");
    bot.core.reacted(new Reaction(Stores.GROUP, there.person(), question, LIKE));

    assertThat(ratings()).isZero();
    assertThat(bot.stores.people.find(stranger().person().id())).isEmpty();
  }

  @Test
  void aReactionFindsTheAnswerInATopic() throws InterruptedException {
    PlaceId topic = new PlaceId("telegram", "-100/7");
    Speaker there =
        new Speaker(
            bot,
            ada.person(),
            new Place(topic, Place.Kind.THREAD, Optional.of(Stores.GROUP), "Waves"));
    there.asks("Why waves?");
    String message = bot.platform.in(topic).getLast().id();

    bot.core.reacted(new Reaction(Stores.GROUP, ada.person(), message, LIKE));

    assertThat(rating(there)).contains(good(Source.REACTION));
  }

  @Test
  void ratingsGoWithTheConversation() throws InterruptedException {
    ada.presses("👍");
    Response chosen = ada.presses(ada.gives("history"), "1");
    assertThat(ratings()).isOne();

    ada.presses(ada.presses(chosen, "Delete"), "Delete");

    assertThat(ratings()).isZero();
  }

  @Test
  void ratingsGoWithThePerson() throws InterruptedException {
    bot.stores.settings.set(Stores.GROUP, Setting.SHARED_CONVERSATION, true);
    bot.adaInGroup().asks("Why waves?");
    Speaker bob = bot.bobInGroup();
    bob.presses("👎");

    bot.stores.database.update(
        handle -> handle.execute("DELETE FROM person WHERE id = ?", Stores.BOB.id()));

    assertThat(ratings()).isZero();
  }

  @Test
  void anUndoneAnswerKeepsItsRatingAsItStaysInTheTree() throws InterruptedException {
    ada.presses("👎");

    ada.gives("undo");

    assertThat(ratings()).isOne();
  }

  private Speaker stranger() {
    PersonId id = new PersonId("telegram", "9");
    return new Speaker(bot, new Person(id, "Cleo", Locale.ENGLISH, false), Bot.GROUP);
  }

  private static Rating good(Source source) {
    return new Rating(Thumb.UP, source, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** What somebody thinks of the newest answer in their place. */
  private Optional<Rating> rating(Speaker speaker) {
    return bot.stores.ratings.find(answer(speaker), speaker.person().id());
  }

  private MessageId answer(Speaker speaker) {
    PlaceId place = speaker.place().id();
    return bot.stores
        .platformMessages
        .find(place, bot.platform.in(place).getLast().id())
        .orElseThrow();
  }

  private int ratings() {
    return bot.stores.database.read(
        handle -> handle.createQuery("SELECT count(*) FROM rating").mapTo(Integer.class).one());
  }
}
