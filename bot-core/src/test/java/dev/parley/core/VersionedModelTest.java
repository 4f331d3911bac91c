package dev.parley.core;

import static dev.parley.core.BotAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.learning.NewVersion;
import dev.parley.learning.Version;
import dev.parley.learning.VersionException;
import dev.parley.learning.VersionState;
import dev.parley.model.Generation;
import dev.parley.model.GenerationResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionedModelTest {
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
  void aTenthOfTheConversationsGetsWhatIsTriedOnATenthAndKeepsIt() throws Exception {
    Version version = passed("sft-1");
    bot.versioned.tryOn(version.id(), 10).get();

    List<Long> tenth = conversationsWith("sft-1");
    assertThat(tenth).hasSizeBetween(70, 130);
    assertThat(conversationsWith("sft-1")).isEqualTo(tenth);
    assertThat(writer(-1)).as("background work").isEqualTo("scripted-1");

    bot.versioned.tryOn(version.id(), 50).get();
    assertThat(conversationsWith("sft-1")).hasSizeBetween(430, 570).containsAll(tenth);
  }

  @Test
  void anAnswerRecordsTheVersionThatWroteIt() throws Exception {
    ada.asks("Why tides?");
    Version version = passed("sft-1");
    bot.versioned.tryOn(version.id(), 100).get();

    ada.asks("Why waves?");
    assertThat(bot).showsLast(ada, "sft-1 on Why waves?");
    ada.presses("↻");

    assertThat(writers()).containsExactly("scripted-1", "sft-1", "sft-1");
  }

  @Test
  void whatIsTriedNoMoreIsClosedAndAnswersNobody() throws Exception {
    Version version = passed("sft-1");
    bot.versioned.tryOn(version.id(), 100).get();

    bot.versioned.stopTrying(version.id()).get();
    ada.asks("Why tides?");

    loaded(version).awaitClosed();
    assertThat(writers()).containsExactly("scripted-1");
    assertThat(bot.stores.versions.find(version.id()).orElseThrow().state())
        .isEqualTo(VersionState.TRAINED);
  }

  @Test
  void anAnswerThatIsBeingWrittenEndsWholeAndTheNextIsByTheNewOne() throws Exception {
    bot.model.answers("All of the old one's words.");
    bot.model.hold();
    ada.says("Why tides?");
    bot.model.awaitPrompts(1);

    promote(passed("sft-1"));
    assertThat(bot.model.closed()).as("somebody still reads its answer").isZero();
    bot.model.release();
    bot.platform.awaitQuiet();

    assertThat(bot).showsLast(ada, "All of the old one's words.");
    bot.model.awaitClosed();
    ada.asks("Why waves?");
    assertThat(bot).showsLast(ada, "sft-1 on Why waves?");
    assertThat(writers()).containsExactly("scripted-1", "sft-1");
  }

  @Test
  void promotingWhatIsTriedLoadsNothingAnew() throws Exception {
    promote(passed("sft-1"));

    assertThat(bot.loader.loads()).containsExactly("own", "sft-1");
    assertThat(bot.versioned.info().version()).isEqualTo("sft-1");
  }

  @Test
  void rollingBackTwiceEndsAtTheOperatorsOwnModel() throws Exception {
    Version first = passed("sft-1");
    Version second = passed("sft-2");
    promote(first);
    promote(second);

    bot.versioned.rollBack(second.id()).get();
    assertThat(bot.versioned.info().version()).isEqualTo("sft-1");
    assertRefused(bot.versioned.rollBack(second.id()), VersionException.Reason.CHANGED);

    bot.versioned.rollBack(first.id()).get();
    assertThat(bot.versioned.info().version()).isEqualTo("scripted-1");
    ada.asks("Why tides?");
    assertThat(writers()).containsExactly("scripted-1");
    assertThat(bot.loader.loads()).containsExactly("own", "sft-1", "sft-2", "sft-1", "own");
  }

  @Test
  void rollingBackEndsATrialAsWell() throws Exception {
    Version first = passed("sft-1");
    Version second = passed("sft-2");
    promote(first);
    bot.versioned.tryOn(second.id(), 10).get();

    bot.versioned.rollBack(first.id()).get();

    loaded(second).awaitClosed();
    assertThat(bot.stores.versions.tried()).isEmpty();
  }

  @Test
  void onlyWhatPassedItsExaminationIsTried() throws Exception {
    Version unknown = trained("sft-1");
    assertRefused(bot.versioned.tryOn(unknown.id(), 10), VersionException.Reason.NOT_PASSED);
    bot.stores.versions.examined(unknown.id(), false, "{}");

    assertRefused(bot.versioned.tryOn(unknown.id(), 10), VersionException.Reason.NOT_PASSED);
    assertRefused(bot.versioned.promote(unknown.id()), VersionException.Reason.CHANGED);

    assertThat(bot.loader.loads()).containsExactly("own");
  }

  @Test
  void oneIsTriedAtATime() throws Exception {
    bot.versioned.tryOn(passed("sft-1").id(), 10).get();

    assertRefused(
        bot.versioned.tryOn(passed("sft-2").id(), 10), VersionException.Reason.ANOTHER_TRIED);
  }

  @Test
  void aVersionThatCannotBeLoadedChangesNothing() throws Exception {
    Version version = passed("sft-1");
    bot.loader.failsWith("config.json is damaged");

    assertRefused(bot.versioned.tryOn(version.id(), 10), VersionException.Reason.NOT_LOADED);

    assertThat(bot.versioned.failures())
        .singleElement()
        .extracting(VersionException::detail)
        .isEqualTo("config.json is damaged");
    assertThat(bot.stores.versions.tried()).isEmpty();
    ada.asks("Why tides?");
    assertThat(writers()).containsExactly("scripted-1");
  }

  @Test
  void whereTheOneBeforeCannotBeLoadedTheNewOneGoesOn() throws Exception {
    Version version = passed("sft-1");
    promote(version);
    bot.loader.failsWith("the disk is gone");

    assertRefused(bot.versioned.rollBack(version.id()), VersionException.Reason.NOT_LOADED);

    ada.asks("Why tides?");
    assertThat(writers()).containsExactly("sft-1");
    assertThat(bot.stores.versions.promoted()).isPresent();
  }

  @Test
  void theSameVersionsAnswerAfterARestart() throws Exception {
    Version first = passed("sft-1");
    Version second = passed("sft-2");
    promote(first);
    bot.versioned.tryOn(second.id(), 10).get();
    List<Long> tenth = conversationsWith("sft-2");

    bot.close();
    bot = Bot.restarted(folder, Bot.Setup.USUAL, bot.platform);

    assertThat(bot.loader.loads()).containsExactly("sft-1", "sft-2");
    assertThat(bot.versioned.info().version()).isEqualTo("sft-1");
    assertThat(conversationsWith("sft-2")).isEqualTo(tenth);
  }

  @Test
  void whereTheFolderIsGoneTheOperatorsOwnModelAnswers() throws Exception {
    Version version = passed("sft-1");
    promote(version);
    bot.close();
    Files.delete(version.folder());

    bot = Bot.restarted(folder, Bot.Setup.USUAL, bot.platform);

    bot.ada().asks("Why tides?");
    assertThat(writers()).containsExactly("scripted-1");
    assertThat(bot.versioned.answering()).isEmpty();
    assertThat(bot.versioned.failures())
        .singleElement()
        .extracting(VersionException::reason)
        .isEqualTo(VersionException.Reason.FOLDER_GONE);

    bot.versioned.rollBack(version.id()).get();
    assertThat(bot.loader.loads()).as("it answers already").containsExactly("own");
    assertThat(bot.versioned.failures()).isEmpty();
  }

  private Version trained(String name) throws IOException {
    return bot.stores.versions.add(
        new NewVersion(
            name,
            Optional.empty(),
            "sft",
            Files.createDirectories(folder.resolve(name)).toAbsolutePath(),
            "d1",
            "{}",
            "{}"));
  }

  private Version passed(String name) throws IOException {
    Version version = trained(name);
    bot.stores.versions.examined(version.id(), true, "{}");
    return version;
  }

  private void promote(Version version) throws Exception {
    bot.versioned.tryOn(version.id(), 10).get();
    bot.versioned.promote(version.id()).get();
  }

  private ScriptedModel loaded(Version version) {
    return bot.loader.in(version.folder());
  }

  private List<Long> conversationsWith(String version) {
    return LongStream.rangeClosed(1, 1_000)
        .filter(conversation -> writer(conversation).equals(version))
        .boxed()
        .toList();
  }

  /** Which version answers in a conversation. */
  private String writer(long conversation) {
    List<String> writers = new ArrayList<>();
    bot.versioned.inConversation(
        conversation,
        model -> {
          writers.add(model.info().version());
          return new Nothing();
        });
    return writers.getFirst();
  }

  /** A generation that was never begun. */
  private record Nothing() implements Generation {
    @Override
    public void cancel() {}

    @Override
    public CompletableFuture<GenerationResult> result() {
      return new CompletableFuture<>();
    }
  }

  /** The versions that wrote Ada's answers, in their order. */
  private List<String> writers() {
    return bot.stores.database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT model_version FROM message WHERE model_version IS NOT NULL ORDER BY id")
                .mapTo(String.class)
                .list());
  }

  private static void assertRefused(CompletableFuture<Void> change, VersionException.Reason why) {
    assertThatThrownBy(change::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            VersionException.class, refused -> assertThat(refused.reason()).isEqualTo(why));
  }
}
