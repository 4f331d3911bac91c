package dev.parley.core;

import static dev.parley.core.BotAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.parley.learning.NewVersion;
import dev.parley.learning.Trainer.Kind;
import dev.parley.learning.Trainer.State;
import dev.parley.learning.Version;
import dev.parley.learning.VersionException;
import dev.parley.learning.VersionId;
import dev.parley.learning.VersionState;
import dev.parley.learning.Votes;
import dev.parley.platform.CommandDefinition;
import dev.parley.platform.Response;
import dev.parley.settings.Setting;
import dev.parley.settings.Teachers;
import dev.parley.storage.DatabaseException;
import dev.parley.storage.DatabaseFile;
import dev.parley.storage.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

class OperatorCommandTest {
  @TempDir Path folder;
  private Bot bot;
  private Speaker olga;

  @BeforeEach
  void start() throws InterruptedException {
    bot = Bot.in(folder);
    olga = bot.olga();
  }

  @AfterEach
  void stop() {
    bot.close();
  }

  @Test
  void theLastDayIsShownInWordsAndByHour() throws InterruptedException {
    bot.ada().asks("Why tides?");
    bot.model.failsTimes(2);
    bot.ada().asks("Why waves?");

    Response day = bot.olga().gives("operator", "change", "day");

    assertThat(day)
        .says("**The last 24 hours**: 1 answer, 1 failed, at most 0 questions waiting at once.");
    assertThat(day.file().orElseThrow().name()).isEqualTo("day.png");
    assertThat(new String(day.file().orElseThrow().content(), StandardCharsets.UTF_8))
        .contains("begins=2026-11-23T15:00:00Z, answered=1, failed=1");
    assertThat(bot.olga().presses(bot.olga().gives("operator"), "Last day").text())
        .isEqualTo(day.text());
    assertThat(bot.ada().gives("operator", "change", "day").file()).isEmpty();
  }

  @Test
  void operatorsReadHowParleyDoes() throws InterruptedException {
    bot.ada().asks("Why tides?");
    bot.rests();

    assertThat(olga.gives("operator"))
        .mentions(
            "**Parley, for those who run it**\n"
                + "Scripted (scripted-1) answers · 0 running, 0 waiting · 1 answer today");
  }

  @Test
  void everybodyElseGetsOneSentence() throws InterruptedException {
    assertThat(bot.ada().gives("operator"))
        .says("Only those who run me can use this; you are `telegram:1`.")
        .offers();
    assertThat(bot.cleoInGroup().gives("operator"))
        .says("Only those who run me can use this; you are `telegram:3`.")
        .offers();
    assertThat(bot.somebody("8", Locale.TAIWAN).gives("operator"))
        .says("只有營運我的人可以使用；你是 `telegram:8`。");
  }

  @Test
  void helpNamesItToOperatorsAlone() throws InterruptedException {
    assertThat(olga.gives("help").text()).contains("/operator");
    assertThat(bot.ada().gives("help").text()).doesNotContain("/operator");
  }

  @Test
  void operatorsMayAlwaysTeach() throws InterruptedException {
    bot.stores.settings.set(Stores.GROUP, Setting.TEACHERS, Teachers.ADMINS);
    Speaker there = olga.in(Bot.GROUP);
    there.asks("Why waves?");

    Response form = there.presses(there.presses("👎"), "Write a better answer");

    assertThat(there.fillsIn(form, "The wind.")).says("Thanks.");
  }

  @Test
  void aVersionThatPassedIsTriedPromotedAndRolledBackByButtons() throws Exception {
    Version version = passed("sft-1");
    assertThat(olga.gives("operator"))
        .mentions("`sft-1` · trained · passed its examination")
        .offers("sft-1", "Train", "Last day", "More", "Refresh");

    Response page = olga.presses(olga.gives("operator"), "sft-1");
    assertThat(page)
        .mentions(
            "Training: sft from my operator's own model · data d1",
            "Examination: passed its examination")
        .offers("Try on 10 %", "Try on 50 %", "Back");
    olga.presses(page, "Try on 10 %");
    assertThat(settled())
        .mentions("`sft-1` · tried on 10 % · no ratings yet · too early to say")
        .offers(
            "sft-1",
            "Try on 50 %",
            "Stop trying",
            "Promote",
            "Train",
            "Last day",
            "More",
            "Refresh");

    Response sure = olga.presses(settled(), "Promote");
    assertThat(sure)
        .says(
            "From now on `sft-1` answers everybody. Answers that are being written end as they"
                + " began.")
        .offers("Promote", "No");
    assertThat(bot.versioned.answering()).isEmpty();
    olga.presses(sure, "Promote");
    assertThat(settled())
        .mentions("Scripted (sft-1) answers", "`sft-1` · promoted")
        .offers("sft-1", "Train", "Roll back", "Last day", "More", "Refresh");

    Response back = olga.presses(settled(), "Roll back");
    assertThat(back)
        .mentions("From now on my operator's own model answers instead of `sft-1`.")
        .offers("Roll back", "No");
    olga.presses(back, "Roll back");
    assertThat(settled()).mentions("Scripted (scripted-1) answers", "`sft-1` · retired");
    assertThat(olga.presses(back, "Roll back"))
        .mentions("That can't be done any more: things changed meanwhile.");
    assertThat(bot.stores.versions.find(version.id()).orElseThrow().state())
        .isEqualTo(VersionState.RETIRED);
  }

  @Test
  void wordsDoTheSame() throws Exception {
    passed("sft-1");

    olga.givesWhileBusy("operator", Map.of("change", "try", "version", "sft-1", "share", "25"));
    assertThat(settled()).mentions("`sft-1` · tried on 25 %");
    olga.gives("operator", "change", "stop");
    assertThat(settled()).mentions("`sft-1` · trained");

    assertThat(olga.gives("operator", "change", "roll-back"))
        .says("My operator's own model answers: there is nothing to roll back.");
    assertThat(olga.gives("operator", "change", "try", "version", "sft-9"))
        .mentions("I know no version and no command `sft-9`");
    assertThat(olga.gives("operator", "change", "try"))
        .mentions("Name the version too: one of those below.");
    assertThat(olga.gives("operator", "version", "status"))
        .mentions("I know no version and no command `status`", "Parley, for those who run it");
    assertThat(
            olga.givesWhileBusy(
                "operator", Map.of("change", "try", "version", "sft-1", "share", "all")))
        .says("The share is a whole number from 1 to 100.");
  }

  @Test
  void onlyOperatorsMayPress() throws Exception {
    Version version = passed("sft-1");
    Speaker ada = bot.ada();
    String own = "Only those who run me can use this; you are `telegram:1`.";
    long id = version.id().value();

    assertThat(ada.pressesId("operator:try:" + id + ":10")).says(own);
    assertThat(ada.gives("operator", "change", "try", "version", "sft-1")).says(own);
    bot.versioned.tryOn(version.id(), 10).get();
    assertThat(ada.pressesId("operator:really-promote:" + id)).says(own);
    assertThat(ada.pressesId("operator:stop:" + id)).says(own);
    assertThat(ada.pressesId("operator:really-roll-back:" + id)).says(own);

    assertThat(bot.stores.versions.tried()).isPresent();
  }

  @Test
  void whatDidNotPassOffersNoTrial() throws Exception {
    Version version = passed("sft-1");
    bot.stores.versions.examined(version.id(), false, "{\"wins\": 0.4}");

    assertThat(olga.presses(olga.gives("operator"), "sft-1"))
        .mentions("did not pass its examination")
        .offers("Back");
    assertThat(olga.pressesId("operator:try:" + version.id().value() + ":10"))
        .mentions("`sft-1` did not pass its examination, so it can't be tried.");
  }

  @Test
  void whatCannotBeLoadedIsSaid() throws Exception {
    Version version = passed("sft-1");
    bot.loader.failsWith("config.json is damaged");

    olga.pressesId("operator:try:" + version.id().value() + ":10");

    assertThat(settled()).mentions("`sft-1` could not be loaded: config.json is damaged");
  }

  @Test
  void ratingsOfTheSameTimeAreCompared() throws Exception {
    Speaker ada = bot.ada();
    ada.asks("Why tides?");
    ada.presses("👍"); // before the trial, so that it does not count
    bot.stores.now = bot.stores.now.plus(Duration.ofHours(1));
    bot.versioned.tryOn(passed("sft-1").id(), 100).get();
    for (int i = 0; i < 6; i++) {
      ada.asks("Why waves?");
      ada.presses("👍");
    }
    assertThat(settled())
        .mentions(
            "👍 6 👎 0: 100% good (61% to 100%) · too early to say",
            "my operator's own model · no ratings yet");

    bot.versioned.stopTrying(bot.stores.versions.tried().orElseThrow().id()).get();
    for (int i = 0; i < 6; i++) {
      ada.asks("Why wind?");
      ada.presses("👎");
    }
    Instant since = bot.stores.now;
    assertThat(bot.stores.versionRatings.since(since, "sft-1")).isEqualTo(new Votes(6, 0));
    assertThat(bot.stores.versionRatings.since(since, "scripted-1")).isEqualTo(new Votes(0, 6));
    assertThat(bot.stores.versionRatings.since(Instant.EPOCH, "scripted-1"))
        .isEqualTo(new Votes(1, 6));

    bot.versioned.tryOn(bot.stores.versions.find("sft-1").orElseThrow().id(), 10).get();
    assertThat(settled())
        .mentions(
            "100% good (61% to 100%) · **better**",
            "my operator's own model · 👍 0 👎 6: 0% good (0% to 39%)");
  }

  /** The panel once nothing is being changed any more. */
  @Test
  void trainingIsPlannedBegunAndStoppedByButtons() throws InterruptedException {
    Response plan = olga.presses(olga.gives("operator"), "Train");
    assertThat(plan)
        .mentions(
            "**Training** `all`: 12 good answers and 5 pairs to learn from, 2 pairs to judge by\n"
                + "40 steps, 3,200 word pieces, about 7 minutes with nobody chatting · at most 900"
                + " MB of memory, 4,000 MB are free")
        .offers("Begin", "No", "Last day", "More", "Refresh");

    Response running = olga.presses(plan, "Begin");
    assertThat(running)
        .mentions("**Training** `all`: sft begins")
        .offers("Stop training", "Last day", "More", "Refresh");
    bot.trainer.is(
        new State.Running(Kind.ALL, "dpo", 3, 40, Optional.of(Duration.ofSeconds(50)), true));
    assertThat(olga.presses(running, "Refresh"))
        .mentions(
            "**Training** `all`: dpo, step 3 of 40 · about 50 seconds left of this stage\n"
                + "It waits while people are answered.");

    Response stopped = olga.presses(running, "Stop training");
    assertThat(stopped).mentions("is stopped").offers("Go on", "No", "Last day", "More", "Refresh");
    assertThat(bot.trainer.asked()).containsExactly("plan all", "begin", "stop");
  }

  @Test
  void whatIsTrainedCanBeSaid() throws InterruptedException {
    olga.gives("operator", "change", "train", "training", "dpo");

    assertThat(bot.trainer.asked()).containsExactly("plan dpo");
  }

  @Test
  void howATrainingEndedIsSaid() throws InterruptedException {
    bot.trainer.is(new State.Planned(Kind.SFT, ScriptedTrainer.plan(100)));
    assertThat(olga.gives("operator")).mentions("That is more memory than is free.");
    bot.trainer.is(new State.Ended(Kind.ALL, "all-1127"));
    assertThat(olga.gives("operator")).mentions("ended: `all-1127` is in the list");
    bot.trainer.is(new State.NothingToLearn(Kind.ALL));
    assertThat(olga.gives("operator")).mentions("there is nothing to learn from yet");
    bot.trainer.is(new State.Failed(Kind.ALL, "The disk is *full*."));
    assertThat(olga.gives("operator")).mentions("came to nothing: The disk is \\*full\\*.");
  }

  @Test
  void theCurvesAreAPicture() throws InterruptedException {
    assertThat(olga.gives("operator")).offers("Train", "Last day", "More", "Refresh");
    bot.trainer.draws(new byte[] {1, 2, 3});

    Response picture = olga.presses(olga.gives("operator"), "Curves");

    assertThat(picture.file().orElseThrow().content()).containsExactly(1, 2, 3);
  }

  @Test
  void nobodyElseTrains() throws InterruptedException {
    Response page = olga.gives("operator");

    assertThat(bot.ada().presses(page, "Train"))
        .says("Only those who run me can use this; you are `telegram:1`.");
    assertThat(bot.trainer.asked()).isEmpty();
  }

  @Test
  void theDatabaseIsBackedUpAtOnce() throws InterruptedException {
    String made = "The database is backed up: `parley-2026-11-24-120000.db` (12.3 MB).";

    assertThat(olga.gives("operator", "change", "backup")).says(made).offers();
    Response more = olga.presses(olga.gives("operator"), "More");

    assertThat(olga.presses(more, "Back up")).says(made);
    assertThat(bot.upkeep.backups()).isEqualTo(2);
  }

  @Test
  void whyThereIsNoBackupIsSaid() throws Exception {
    Path taken = Files.createFile(folder.resolve("taken.db"));
    DatabaseException known =
        catchThrowableOfType(DatabaseException.class, () -> new DatabaseFile(taken).copyTo(taken));

    bot.upkeep.failsWith(known);
    assertThat(olga.gives("operator", "change", "backup"))
        .mentions("No backup was made: ", "is there already: choose another name");
    bot.upkeep.failsWith(new UncheckedIOException(new IOException("Not a directory")));
    assertThat(olga.gives("operator", "change", "backup"))
        .says("No backup was made; my log says why.");
  }

  @Test
  void aBackupThatTakesLongIsMadeOnceAndAskedFor() throws InterruptedException {
    CountDownLatch mayEnd = new CountDownLatch(1);
    bot.upkeep.waitsFor(mayEnd);

    Response making = olga.gives("operator", "change", "backup");
    assertThat(making).mentions("The backup is being made.").offers("Is it done?");
    olga.gives("operator", "change", "backup");
    mayEnd.countDown();

    assertThat(olga.presses(making, "Is it done?")).mentions("The database is backed up");
    assertThat(bot.upkeep.backups()).isEqualTo(1);
  }

  @Test
  void theLogSaysMoreUntilTheNextStart() throws InterruptedException {
    Response now = olga.presses(olga.presses(olga.gives("operator"), "More"), "Log level");
    assertThat(now)
        .says("The least important events in my log are `info`.")
        .offers("error", "warn", "debug");

    assertThat(olga.presses(now, "debug"))
        .says(
            "From now on the least important events in my log are `debug`. The next start goes back"
                + " to `log.level` of the configuration.")
        .offers("error", "warn", "info");
    assertThat(bot.upkeep.logLevel()).isEqualTo(Level.DEBUG);
    olga.givesWhileBusy("operator", Map.of("change", "log-level", "level", "warn"));
    assertThat(bot.upkeep.logLevel()).isEqualTo(Level.WARN);
    assertThat(olga.gives("operator", "change", "log-level"))
        .says("The least important events in my log are `warn`.");

    bot.ada().pressesId("operator:log-level:debug");
    assertThat(bot.upkeep.logLevel()).isEqualTo(Level.WARN);
  }

  @Test
  void whatRunsAndWaitsIsCounted() throws InterruptedException {
    bot.close();
    bot = Bot.in(folder, Bot.Setup.USUAL.withParallel(1));
    olga = bot.olga();
    Response nothing = olga.presses(olga.presses(olga.gives("operator"), "More"), "Queue");
    assertThat(nothing).says("Nothing runs and nothing waits.").offers("Refresh", "Back");

    bot.model.hold();
    bot.ada().says("Why tides?");
    bot.model.awaitPrompts(1);
    bot.somebody("8", Locale.ENGLISH).says("My secret question");
    bot.somebody("9", Locale.ENGLISH).says("Another one");
    await().until(() -> bot.queueSize() == 3);
    bot.stores.now = bot.stores.now.plus(Duration.ofMinutes(2));

    Response now = olga.givesWhileBusy("operator", Map.of("change", "queue"));
    assertThat(now)
        .mentions(
            "telegram: 1 running, 2 waiting\nThe question that waits longest came 2 minutes ago."
                + "\nThe last one is thought to begin in about ");
    assertThat(now.text()).doesNotContain("secret");
    bot.model.release();
  }

  @Test
  void whoUsedTheMostIsShownInPrivateAlone() throws InterruptedException {
    bot.ada().asks("Why tides?");
    bot.adaInGroup().asks("Why waves?");
    bot.rests();
    bot.stores.usage.spent(Stores.ADA, Stores.PRIVATE, 2_000_000, 0);
    bot.stores.usage.spent(Stores.BOB, Stores.GROUP, 1_000_000, 0);

    Response users = olga.presses(olga.presses(olga.gives("operator"), "More"), "Users");

    assertThat(users)
        .mentions(
            "1 person asked today, 1 in the last 30 days",
            "A day's budgets: no limit of tokens for a person (`settings.tokens-per-day`",
            "no limit of answers for a person (`settings.messages-per-day`)")
        .offers("Back");
    assertThat(users.text()).containsSubsequence("telegram:1: 2,0", "telegram:2: 1,000,000");
    assertThat(olga.in(Bot.GROUP).gives("operator", "change", "users"))
        .says("I show this in our private chat alone: it names people.");
    assertThat(bot.ada().gives("operator", "change", "users"))
        .says("Only those who run me can use this; you are `telegram:1`.");
  }

  @Test
  void wordsWithoutNamesFindTheirOptions() {
    CommandDefinition operator =
        bot.core.commands().stream()
            .filter(command -> command.name().equals("operator"))
            .findFirst()
            .orElseThrow();

    assertThat(operator.read("log-level debug"))
        .isEqualTo(Map.of("change", "log-level", "level", "debug"));
    assertThat(operator.read("train ppo")).isEqualTo(Map.of("change", "train", "training", "ppo"));
    assertThat(operator.read("try sft-1 25"))
        .isEqualTo(Map.of("change", "try", "version", "sft-1", "share", "25"));
  }

  @Test
  void nobodyElseUsesTheTools() throws InterruptedException {
    String own = "Only those who run me can use this; you are `telegram:1`.";
    Response more = olga.presses(olga.gives("operator"), "More");

    assertThat(bot.ada().gives("operator", "change", "backup")).says(own);
    assertThat(bot.ada().presses(more, "Back up")).says(own);
    assertThat(bot.ada().pressesId("operator:more")).says(own);
    assertThat(bot.upkeep.backups()).isZero();
  }

  private Response settled() throws InterruptedException {
    while (refusal() == VersionException.Reason.BUSY) {
      Thread.onSpinWait();
    }
    return olga.gives("operator");
  }

  /** Why a version that is not there is not tried. */
  private VersionException.Reason refusal() {
    return bot.versioned
        .tryOn(new VersionId(0), 1)
        .handle((done, failure) -> ((VersionException) failure).reason())
        .join();
  }

  private Version passed(String name) throws IOException {
    Path model = Files.createDirectories(folder.resolve(name)).toAbsolutePath();
    Version version =
        bot.stores.versions.add(
            new NewVersion(name, Optional.empty(), "sft", model, "d1", "{}", "{}"));
    bot.stores.versions.examined(version.id(), true, "{}");
    return version;
  }
}
