package dev.parley.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.parley.conversation.MessageId;
import dev.parley.learning.Demonstration;
import dev.parley.learning.Origin;
import dev.parley.learning.Preference;
import dev.parley.learning.RatedAnswer;
import dev.parley.learning.TrainingData;
import dev.parley.learning.TrainingSet;
import dev.parley.model.ChatMessage;
import dev.parley.model.FinishReason;
import dev.parley.platform.IncomingMessage.Quotation;
import dev.parley.rating.Reason;
import dev.parley.settings.Setting;
import dev.parley.storage.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingDataTest {
  private static final List<ChatMessage> TIDES =
      List.of(ChatMessage.user("Why tides?"), ChatMessage.assistant("The Moon."));

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
  void nothingIsTakenFromWhoNeverAgreed() throws InterruptedException {
    adaLikesAnAnswer();

    assertThat(isEmpty(snapshot())).isTrue();
  }

  @Test
  void anAnswerThatWasLikedIsADemonstrationAndARatedAnswer() throws InterruptedException {
    bot.stores.consents.give(Stores.ADA);
    adaLikesAnAnswer();

    String id = "rated-" + answer().value();
    assertThat(snapshot().demonstrations())
        .containsExactly(new Demonstration(id, Origin.RATED, TIDES, Set.of(Stores.ADA)));
    assertThat(snapshot().rated())
        .containsExactly(new RatedAnswer(id, TIDES, true, List.of(), Set.of(Stores.ADA)));
    assertThat(snapshot().preferences()).isEmpty();
  }

  @Test
  void whatWasRatedBeforeOneAgreedCountsToo() throws InterruptedException {
    adaLikesAnAnswer();
    bot.stores.consents.give(Stores.ADA);

    assertThat(snapshot().demonstrations()).hasSize(1);
  }

  @Test
  void whoAgreesNoLongerIsGoneFromTheNextSnapshot() throws InterruptedException {
    bot.stores.consents.give(Stores.ADA);
    adaLikesAnAnswer();
    assertThat(isEmpty(snapshot())).isFalse();

    bot.stores.consents.withdraw(Stores.ADA);

    assertThat(isEmpty(snapshot())).isTrue();
  }

  @Test
  void whoIsErasedIsGoneFromTheNextSnapshot() throws InterruptedException {
    Speaker bob = sharedConversation();
    bot.stores.consents.give(Stores.ADA);
    bot.stores.consents.give(Stores.BOB);
    ada.in(Bot.GROUP).asks("Why tides?");
    bob.presses("👍");
    assertThat(isEmpty(snapshot())).isFalse();

    bot.stores.database.update(
        handle -> handle.execute("DELETE FROM person WHERE id = ?", Stores.ADA.id()));

    assertThat(isEmpty(snapshot())).isTrue();
  }

  @Test
  void aConversationIsTakenOnlyIfEverybodyInItAgreed() throws InterruptedException {
    Speaker bob = sharedConversation();
    bot.stores.consents.give(Stores.ADA);
    bob.asks("Why waves?");
    Speaker there = ada.in(Bot.GROUP);
    there.asks("Why tides?");
    there.presses("👍");

    assertThat(isEmpty(snapshot())).isTrue();

    bot.stores.consents.give(Stores.BOB);
    assertThat(snapshot().demonstrations().getFirst().people())
        .containsExactlyInAnyOrder(Stores.ADA, Stores.BOB);
  }

  @Test
  void aRatingOfWhoDidNotAgreeSaysNothing() throws InterruptedException {
    Speaker bob = sharedConversation();
    bot.stores.consents.give(Stores.ADA);
    ada.in(Bot.GROUP).asks("Why tides?");
    bob.presses("👍");

    assertThat(isEmpty(snapshot())).isTrue();

    bot.stores.consents.give(Stores.BOB);
    assertThat(snapshot().demonstrations()).hasSize(1);
  }

  @Test
  void whatPeopleDisagreeAboutSaysNothing() throws InterruptedException {
    Speaker bob = sharedConversation();
    bot.stores.consents.give(Stores.ADA);
    bot.stores.consents.give(Stores.BOB);
    Speaker there = ada.in(Bot.GROUP);
    there.asks("Why tides?");
    there.presses("👍");
    bob.presses("👎");

    assertThat(isEmpty(snapshot())).isTrue();
  }

  @Test
  void aBranchOffSomebodyElsesAnswerNeedsTheirConsentToo() throws InterruptedException {
    bot.bobInGroup().asks("Why waves?");
    String bobsAnswer = bot.platform.in(Stores.GROUP).getLast().id();
    Speaker there = ada.in(Bot.GROUP);
    there.repliesTo(bobsAnswer, "Sure?");
    there.presses("👍");
    bot.stores.consents.give(Stores.ADA);

    assertThat(isEmpty(snapshot())).isTrue();

    bot.stores.consents.give(Stores.BOB);
    assertThat(snapshot().demonstrations().getFirst().messages()).hasSize(4);
  }

  @Test
  void othersWordsThatWereQuotedOrForwardedAreNotTaken() throws InterruptedException {
    bot.stores.consents.give(Stores.ADA);
    ada.asks(
        "True?",
        List.of(new Quotation(Quotation.Kind.FORWARDED, "Bob", "The earth is flat.")),
        List.of());
    ada.presses("👍");

    assertThat(isEmpty(snapshot())).isTrue();
  }

  @Test
  void whatWasDeletedIsNotTaken() throws InterruptedException {
    bot.stores.consents.give(Stores.ADA);
    String earlier = ada.asks("My PIN is 1234.");
    String question = ada.asks("Why tides?");
    ada.presses("👍");
    assertThat(snapshot().demonstrations().getFirst().messages()).hasSize(4);

    ada.deletes(earlier);
    assertThat(snapshot().demonstrations().getFirst().messages())
        .containsExactly(
            ChatMessage.user("Why tides?"), ChatMessage.assistant("Answer to Why tides?"));

    ada.deletes(question);
    assertThat(isEmpty(snapshot())).isTrue();
  }

  @Test
  void neitherInstructionsNorASystemPromptAreTaken() throws InterruptedException {
    bot.stores.consents.give(Stores.ADA);
    ada.fillsIn(ada.presses(ada.gives("instructions"), "Change the first"), "I teach physics.");
    adaLikesAnAnswer();

    assertThat(snapshot().demonstrations().getFirst().messages()).isEqualTo(TIDES);
  }

  @Test
  void aBetterAnswerIsADemonstrationAndBetterThanTheBadOne() throws InterruptedException {
    bot.stores.consents.give(Stores.ADA);
    bot.model.answers("The wind.");
    ada.asks("Why tides?");
    ada.fillsIn(ada.presses(ada.presses("👎"), "Write a better answer"), "The Moon.");

    assertThat(snapshot().demonstrations())
        .extracting(Demonstration::origin, Demonstration::messages)
        .containsExactly(tuple(Origin.TAUGHT, TIDES));
    Preference preference = snapshot().preferences().getFirst();
    assertThat(preference.origin()).isEqualTo(Origin.TAUGHT);
    assertThat(preference.messages()).containsExactly(ChatMessage.user("Why tides?"));
    assertThat(preference.chosen()).isEqualTo("The Moon.");
    assertThat(preference.rejected()).isEqualTo("The wind.");
  }

  @Test
  void aBadAnswerBringsItsReason() throws InterruptedException {
    bot.stores.consents.give(Stores.ADA);
    ada.asks("Why tides?");
    ada.presses(ada.presses("👎"), "Not true");

    assertThat(snapshot().demonstrations()).isEmpty();
    assertThat(snapshot().rated())
        .extracting(RatedAnswer::good, RatedAnswer::reasons)
        .containsExactly(tuple(false, List.of(Reason.WRONG)));
  }

  @Test
  void aGoodAnswerIsBetterThanABadOneToTheSameQuestion() throws InterruptedException {
    bot.stores.consents.give(Stores.ADA);
    bot.model.answers("The wind.");
    ada.asks("Why tides?");
    ada.presses("👎");
    bot.model.answers("The Moon.");
    ada.presses("↻");
    ada.presses("👍");

    assertThat(pairs()).containsExactly("RATED: The Moon. > The wind.");
  }

  @Test
  void theAnswerThatOneWentOnFromIsBetterThanThoseLeft() throws InterruptedException {
    bot.stores.consents.give(Stores.ADA);
    adaRegenerates();
    assertThat(pairs()).isEmpty();

    ada.asks("And why twice a day?");

    assertThat(pairs()).containsExactly("KEPT: The Moon. > The wind.");
  }

  @Test
  void goingBackToTheFirstAnswerKeepsThatOne() throws InterruptedException {
    bot.stores.consents.give(Stores.ADA);
    adaRegenerates();
    ada.presses("‹");
    ada.asks("And why twice a day?");

    assertThat(pairs()).containsExactly("KEPT: The wind. > The Moon.");
  }

  @Test
  void anAnswerWrittenAnewAfterOneWentOnSaysNothingAboutTheFirst() throws InterruptedException {
    bot.stores.consents.give(Stores.ADA);
    bot.model.answers("The wind.");
    ada.asks("Why tides?");
    String again = ada.buttonId("↻");
    ada.asks("And why twice a day?");
    bot.model.answers("The Moon.");
    ada.pressesId(again);

    assertThat(pairs()).isEmpty();
  }

  @Test
  void ofTwoAnswersTheSignalCountsThatSaysMost() throws InterruptedException {
    bot.stores.consents.give(Stores.ADA);
    bot.model.answers("The wind.");
    ada.asks("Why tides?");
    ada.presses("👍");
    bot.model.answers("The Moon.");
    ada.presses("↻");
    ada.presses("👎");
    ada.asks("And why twice a day?");

    assertThat(pairs()).containsExactly("RATED: The wind. > The Moon.");
  }

  @Test
  void anAnswerThatWasCutIsNoDemonstration() throws InterruptedException {
    bot.stores.consents.give(Stores.ADA);
    bot.model.endsWith(FinishReason.LENGTH);
    adaLikesAnAnswer();

    assertThat(snapshot().demonstrations()).isEmpty();
    assertThat(snapshot().rated()).hasSize(1);
  }

  @Test
  void theSameExamplesMakeTheSameFilesForTheirOwnerAlone()
      throws InterruptedException, IOException {
    bot.stores.consents.give(Stores.ADA);
    bot.model.answers("The wind.");
    ada.asks("Why tides?");
    ada.fillsIn(ada.presses(ada.presses("👎"), "Write a better answer"), "The \"Moon\".");
    TrainingSet first = snapshot();

    first.write(folder);

    String id = "taught-" + answer().value() + "-";
    assertThat(Files.readString(folder.resolve(TrainingSet.DEMONSTRATIONS)))
        .startsWith("{\"id\":\"" + id)
        .endsWith(
            "\",\"origin\":\"taught\",\"messages\":[{\"role\":\"user\",\"content\":\"Why tides?\"},"
                + "{\"role\":\"assistant\",\"content\":\"The \\\"Moon\\\".\"}]}\n");
    assertThat(Files.readString(folder.resolve(TrainingSet.PREFERENCES)))
        .endsWith(
            "\"messages\":[{\"role\":\"user\",\"content\":\"Why tides?\"}],"
                + "\"chosen\":\"The \\\"Moon\\\".\",\"rejected\":\"The wind.\"}\n");
    assertThat(Files.readString(folder.resolve(TrainingSet.RATED)))
        .endsWith("\"label\":false,\"reasons\":[]}\n");
    assertThat(Files.getPosixFilePermissions(folder.resolve(TrainingSet.RATED)))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(snapshot()).isEqualTo(first);
    assertThat(snapshot().sha256()).isEqualTo(first.sha256()).hasSize(64);

    ada.presses("👍");
    assertThat(snapshot().sha256()).isNotEqualTo(first.sha256());
  }

  private void adaLikesAnAnswer() throws InterruptedException {
    bot.model.answers("The Moon.");
    ada.asks("Why tides?");
    ada.presses("👍");
  }

  private void adaRegenerates() throws InterruptedException {
    bot.model.answers("The wind.");
    ada.asks("Why tides?");
    bot.model.answers("The Moon.");
    ada.presses("↻");
  }

  private Speaker sharedConversation() throws InterruptedException {
    bot.stores.settings.set(Stores.GROUP, Setting.SHARED_CONVERSATION, true);
    return bot.bobInGroup();
  }

  private TrainingSet snapshot() {
    return new TrainingData(
            bot.stores.database, bot.stores.consents, bot.stores.comparisons, bot.stores.tree)
        .snapshot();
  }

  private List<String> pairs() {
    return snapshot().preferences().stream()
        .map(pair -> pair.origin() + ": " + pair.chosen() + " > " + pair.rejected())
        .toList();
  }

  /** The newest answer in Ada's chat. */
  private MessageId answer() {
    Optional<MessageId> shown =
        bot.stores.platformMessages.find(
            Stores.PRIVATE, bot.platform.in(Stores.PRIVATE).getLast().id());
    return shown.orElseThrow();
  }

  private static boolean isEmpty(TrainingSet set) {
    return set.demonstrations().isEmpty() && set.preferences().isEmpty() && set.rated().isEmpty();
  }
}
