package dev.parley.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.moderation.Case;
import dev.parley.moderation.Side;
import dev.parley.platform.Response;
import dev.parley.settings.ModerationLevel;
import dev.parley.settings.Setting;
import dev.parley.storage.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Moderation as people meet it. */
class ModerationTest {
  private static final String HATE = "Immigrants are filthy vermin and I hate them all";
  private static final String SAD = "I want to kill myself tonight";

  @TempDir private Path folder;
  private Bot bot;

  @BeforeEach
  void start() {
    bot = Bot.in(folder);
  }

  @AfterEach
  void end() {
    bot.close();
  }

  @Test
  void whereNobodyWantsItNothingIsObjectedTo() throws InterruptedException {
    Speaker ada = bot.ada();

    ada.asks(HATE);

    assertThat(shown(ada)).contains("Answer to " + HATE).doesNotContain("looks like");
    assertThat(cases()).isEmpty();
  }

  @Test
  void aQuestionIsKeptBackBeforeTheModelReadsIt() throws InterruptedException {
    Speaker ada = moderated(ModerationLevel.BLOCK);

    ada.asks(HATE);

    assertThat(shown(ada)).contains("I don't answer this here: it looks like hate");
    assertThat(bot.model.prompts()).isEmpty();
    assertThat(cases()).singleElement().satisfies(this::isTheBlockedQuestion);
  }

  @Test
  void whatWasKeptBackIsNotJudgedAgainWhenItIsDeliveredAgain() throws InterruptedException {
    Speaker ada = moderated(ModerationLevel.BLOCK);
    String message = ada.asks(HATE);

    ada.saysAgain(message, HATE);
    bot.platform.awaitQuiet();

    assertThat(cases()).hasSize(1);
    assertThat(bot.platform.in(Stores.PRIVATE)).hasSize(1);
  }

  private void isTheBlockedQuestion(Case one) {
    assertThat(one.text()).isEqualTo(HATE);
    assertThat(one.side()).isEqualTo(Side.QUESTION);
    assertThat(one.blocked()).isTrue();
  }

  @Test
  void aMarkedQuestionIsAnsweredWithANote() throws InterruptedException {
    Speaker ada = moderated(ModerationLevel.MARK);

    ada.asks(HATE);

    assertThat(shown(ada)).contains("Answer to " + HATE, "The question looks like hate");
    assertThat(cases()).hasSizeGreaterThanOrEqualTo(1);
  }

  /** Sentence by sentence: of one that is objected to not a word is ever shown. */
  @Test
  void anAnswerIsKeptBackBeforeItsSentenceIsShown() throws InterruptedException {
    Speaker ada = moderated(ModerationLevel.BLOCK);
    bot.model.answers("The tide comes in. " + HATE + ". And it goes out again.");

    ada.asks("Tell me of the tides");

    assertThat(shown(ada)).contains("I kept my answer back: it looked like hate");
    assertThat(String.join(" ", bot.platform.everythingIn(ada.place().id())))
        .doesNotContain("vermin")
        .doesNotContain("goes out");
    assertThat(cases()).singleElement().extracting(Case::side).isEqualTo(Side.ANSWER);
  }

  @Test
  void anObjectionToTheLastWordsCountsToo() throws InterruptedException {
    Speaker ada = moderated(ModerationLevel.BLOCK);
    bot.model.answers("The tide comes in. " + HATE);

    ada.asks("Tell me of the tides");

    assertThat(shown(ada)).contains("I kept my answer back");
    assertThat(String.join(" ", bot.platform.everythingIn(ada.place().id())))
        .doesNotContain("vermin");
  }

  /** Or nobody would be told after a kill. */
  @Test
  void whatIsKeptBackHasNotEndedBeforeThatIsSaid() throws InterruptedException {
    Speaker ada = moderated(ModerationLevel.BLOCK);
    bot.model.answers(HATE);
    bot.platform.hold();
    ada.says("Tell me of the tides");
    bot.awaitUntold();
    bot.platform.release();
    bot.platform.awaitQuiet();

    assertThat(shown(ada)).contains("I kept my answer back");
    assertThat(bot.stores.replies.unfinished()).isEmpty();
  }

  /** It can be looked at under the answer. */
  @Test
  void anObjectionToTheThoughtCountsToo() throws InterruptedException {
    Speaker ada = moderated(ModerationLevel.BLOCK);
    bot.model.answers("<think>" + HATE + "</think>The tide comes in.");

    ada.asks("Tell me of the tides");

    assertThat(shown(ada)).contains("I kept my answer back");
  }

  /** Or nobody's budget would ever end. */
  @Test
  void whatWasKeptBackCountsAsUsed() throws InterruptedException {
    Speaker ada = moderated(ModerationLevel.BLOCK);
    bot.model.answers(HATE);

    ada.asks("Tell me of the tides");

    assertThat(bot.stores.usage.today(Stores.ADA).tokens()).isPositive();
    assertThat(bot.stores.usage.today(Stores.ADA).answers()).isZero();
  }

  @Test
  void whatWasKeptBackIsNotRead() throws InterruptedException {
    Speaker ada = moderated(ModerationLevel.BLOCK);
    bot.model.answers(HATE);
    ada.asks("Tell me of the tides");
    bot.model.answers("High water is at six.");

    ada.asks("And tomorrow?");

    assertThat(bot.model.lastPrompt().toString()).doesNotContain("vermin");
    assertThat(shown(ada)).contains("High water");
  }

  @Test
  void aMarkedAnswerIsShownWithANote() throws InterruptedException {
    Speaker ada = moderated(ModerationLevel.MARK);
    bot.model.answers(HATE + ".");

    ada.asks("Tell me of the tides");

    assertThat(shown(ada)).contains("vermin", "This answer may be about hate");
  }

  /** Whoever may want to hurt themselves is told of help, and is in no list. */
  @Test
  void helpComesBeforeRules() throws InterruptedException {
    Speaker ada = moderated(ModerationLevel.BLOCK);

    ada.asks(SAD);

    assertThat(shown(ada)).contains("You are not alone", "988");
    assertThat(cases()).isEmpty();
  }

  @Test
  void helpIsOfferedInTheLanguageOfThePerson() throws InterruptedException {
    bot.stores.settings.set(Stores.GROUP, Setting.MODERATION, ModerationLevel.BLOCK);
    Speaker bob = bot.bobInGroup();

    bob.asks("我想自殺，不想活了");

    assertThat(shown(bob)).contains("1925");
  }

  @Test
  void aPlaceHasWordsOfItsOwn() throws InterruptedException {
    Speaker ada = moderated(ModerationLevel.BLOCK);
    bot.stores.settings.set(Stores.PRIVATE, Setting.BLOCKED_WORDS, Set.of("casino", "賭場"));

    ada.asks("Where is the ＣＡＳＩＮＯ?");
    assertThat(shown(ada)).contains("a word that isn't wanted here");
    ada.asks("去赌场怎么走");
    assertThat(shown(ada)).contains("a word that isn't wanted here");
    ada.asks("Is casinos another word?");
    assertThat(shown(ada)).contains("Answer to");
  }

  @Test
  void anAllowedWordIsNotHeldAgainstAnybody() throws InterruptedException {
    Speaker ada = moderated(ModerationLevel.BLOCK);
    ada.asks("Where is the fucking pub?");
    assertThat(shown(ada)).contains("I don't answer this here");
    bot.stores.settings.set(Stores.PRIVATE, Setting.ALLOWED_WORDS, Set.of("fucking"));

    ada.asks("Where is the fucking pub?");

    assertThat(shown(ada)).contains("Answer to");
  }

  /** Whoever was wronged asks an admin, who looks, and what is fine is answered from then on. */
  @Test
  void anAdminReleasesWhatIsFine() throws InterruptedException {
    bot.stores.settings.set(Stores.GROUP, Setting.MODERATION, ModerationLevel.BLOCK);
    Speaker ada = bot.adaInGroup();
    Speaker cleo = bot.cleoInGroup();
    ada.asks(HATE);

    assertThat(ada.presses("Ask an admin").text()).contains("An admin sees it");
    Response list = cleo.gives("moderation");
    assertThat(list.text()).contains("Ada", "question", "hate", "appeal", "vermin");
    assertThat(cleo.presses(list, "1: fine").text()).contains("nothing to look at");
    assertThat(shown(ada)).contains("An admin found it fine, Ada");
    bot.model.answers("That is not so.");
    ada.asks(HATE);

    assertThat(shown(ada)).contains("That is not so");
  }

  @Test
  void whatIsReleasedIsToldInTheLanguageOfWhomItIsFor() throws InterruptedException {
    bot.stores.settings.set(Stores.GROUP, Setting.MODERATION, ModerationLevel.BLOCK);
    Speaker bob = bot.bobInGroup();
    Speaker cleo = bot.cleoInGroup();
    bob.asks(HATE);

    cleo.presses(cleo.gives("moderation"), "1: fine");
    bot.platform.awaitQuiet();

    assertThat(shown(bob)).contains("管理員認為沒問題，Bob");
  }

  @Test
  void aReleasedAnswerIsShown() throws InterruptedException {
    bot.stores.settings.set(Stores.GROUP, Setting.MODERATION, ModerationLevel.BLOCK);
    Speaker ada = bot.adaInGroup();
    Speaker cleo = bot.cleoInGroup();
    bot.model.answers(HATE);
    ada.asks("Tell me of the tides");

    cleo.presses(cleo.gives("moderation"), "1: fine");
    bot.platform.awaitQuiet();

    assertThat(shown(ada)).contains("An admin found my answer fine, Ada", "vermin");
  }

  @Test
  void onlyAdminsLookAndOnlyWhoAskedAppeals() throws InterruptedException {
    bot.stores.settings.set(Stores.GROUP, Setting.MODERATION, ModerationLevel.BLOCK);
    Speaker ada = bot.adaInGroup();
    ada.asks(HATE);
    long id = bot.stores.cases.open(Stores.GROUP, 9).getFirst().id();
    Speaker bob = bot.bobInGroup();

    assertThat(bob.pressesId("moderation:appeal:" + id).text()).contains("只有提問的人");
    assertThat(bob.gives("moderation").text()).contains("只有管理這個群組的人");
    assertThat(bob.pressesId("moderation:fine:" + id).text()).contains("只有管理這個群組的人");
    assertThat(bot.ada().pressesId("moderation:fine:" + id).text()).contains("This is for groups");
    assertThat(bot.stores.cases.find(id).orElseThrow().released()).isEmpty();
  }

  /** What people say in private is no admin's business, only the operator's. */
  @Test
  void anAppealInPrivateGoesToTheOperator() throws InterruptedException {
    Speaker ada = moderated(ModerationLevel.BLOCK);
    ada.asks(HATE);
    ada.presses("Ask an admin");
    Speaker olga = bot.olga();

    assertThat(bot.cleoInGroup().gives("moderation").text()).doesNotContain("vermin");
    olga.presses(olga.gives("moderation"), "1: fine");
    bot.platform.awaitQuiet();

    assertThat(shown(ada)).contains("An admin found it fine");
  }

  @Test
  void anOperatorReadsWhatTurnsItOnInPrivate() throws InterruptedException {
    assertThat(bot.olga().gives("moderation").text()).contains("`settings.moderation`");
    assertThat(bot.cleoInGroup().gives("moderation").text()).doesNotContain("settings.moderation");
  }

  @Test
  void whoErasesEverythingErasesThisToo() throws InterruptedException {
    Speaker ada = moderated(ModerationLevel.BLOCK);
    ada.asks(HATE);

    bot.stores.erasure.of(Stores.ADA);

    assertThat(cases()).isEmpty();
  }

  @Test
  void nothingStaysLongerThanAMonth() throws InterruptedException {
    Speaker ada = moderated(ModerationLevel.BLOCK);
    ada.asks(HATE);
    bot.stores.now = bot.stores.now.plus(Duration.ofDays(29));
    bot.stores.retention.sweep();
    assertThat(cases()).hasSize(1);

    bot.stores.now = bot.stores.now.plus(Duration.ofDays(2));
    bot.stores.retention.sweep();

    assertThat(cases()).isEmpty();
  }

  @Test
  void norLongerThanThePersonWants() throws InterruptedException {
    Speaker ada = moderated(ModerationLevel.BLOCK);
    ada.asks(HATE);
    bot.stores.settings.set(Stores.ADA, Setting.KEEP_DAYS, 7);
    bot.stores.now = bot.stores.now.plus(Duration.ofDays(8));

    bot.stores.retention.sweep();

    assertThat(cases()).isEmpty();
  }

  @Test
  void anEditIsLookedAtToo() throws InterruptedException {
    Speaker ada = moderated(ModerationLevel.BLOCK);
    String message = ada.asks("Tell me of the tides");

    ada.edits(message, HATE);

    assertThat(shown(ada)).contains("I don't answer this here");
    assertThat(bot.model.prompts()).hasSize(1);
  }

  private Speaker moderated(ModerationLevel level) throws InterruptedException {
    Speaker ada = bot.ada();
    bot.stores.settings.set(Stores.PRIVATE, Setting.MODERATION, level);
    return ada;
  }

  private List<Case> cases() {
    return bot.stores.cases.openInPrivate(9);
  }

  private String shown(Speaker speaker) {
    return bot.platform.in(speaker.place().id()).getLast().text();
  }
}
