package dev.parley.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.backup.Backups;
import dev.parley.chat.Profile;
import dev.parley.configuration.Configuration;
import dev.parley.configuration.ConfigurationReport;
import dev.parley.core.Assembly;
import dev.parley.discord.DiscordSide;
import dev.parley.launcher.RunningProgram;
import dev.parley.learning.Version;
import dev.parley.learning.VersionStore;
import dev.parley.learning.VersionedModel;
import dev.parley.loading.Models;
import dev.parley.loading.VersionLoader;
import dev.parley.model.SamplingOptions;
import dev.parley.model.transformer.LoraOptions;
import dev.parley.model.transformer.Processor;
import dev.parley.moderation.SecondOpinion;
import dev.parley.person.Door;
import dev.parley.person.Operators;
import dev.parley.picture.ChatPictures;
import dev.parley.pipeline.LiveTrainer;
import dev.parley.pipeline.PipelineOptions;
import dev.parley.pipeline.VersionTraining;
import dev.parley.platform.PersonId;
import dev.parley.platform.Platform;
import dev.parley.prompt.Persona;
import dev.parley.prompt.SystemPrompt;
import dev.parley.queue.QueueLimits;
import dev.parley.storage.Database;
import dev.parley.telegram.TelegramSide;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * People on two platforms teach a tiny model of chance one word; what comes of that is examined,
 * tried, promoted and rolled back while they chat.
 */
class LearningTest {
  private static final Path TINY =
      Path.of("../language-model/src/test/resources/dev/parley/model/tiny/llama-tied");

  /**
   * Simple enough for so small a model to say whatever it is asked. As long as what a model of
   * chance says, or the examination finds it too short.
   */
  private static final String BETTER = "yes ".repeat(22) + "yes";

  /** Questions of one form would teach so small a model to answer that form alone. */
  private static final List<String> WORDS =
      List.of(
          "tides", "waves", "storm", "moon", "sand", "salt", "wind", "rain", "fish", "boats",
          "harbour", "night", "morning", "stars", "lamp", "stone", "why", "how", "when", "where");

  private static final List<String> ENDINGS = List.of("?", "?", ".", "!", "");

  private static final int PEOPLE = 5;
  private static final int LESSONS = 5;
  private static final int OPERATOR = 1;
  private static final Duration LONGEST = Duration.ofMinutes(6);
  private static final Persona PERSONA = new Persona("assistant", Map.of("en", "Assistant"), "");
  private static final PipelineOptions OPTIONS =
      new PipelineOptions(
          new LoraOptions(8, 32, 0, Set.of(), 1),
          PipelineOptions.options(30, 5e-3),
          PipelineOptions.options(1, 1e-4),
          PipelineOptions.options(4, 2e-3),
          PipelineOptions.USUAL.policy(),
          0.1,
          192,
          0.35,
          1);

  private final Random random = new Random(1);

  @TempDir Path folder;

  private TelegramSide telegram;
  private DiscordSide discord;

  /** The tiny model and its versions, as the launcher opens them. */
  private VersionLoader tiny() throws Exception {
    Configuration configuration =
        ConfigurationReport.read(
                Map.of(
                    "PARLEY_HOME",
                    folder.toString(),
                    "PARLEY_MODEL",
                    TINY.toAbsolutePath().toString()),
                Path.of(".."),
                folder)
            .configuration();
    return new VersionLoader(new Models(configuration, System.err));
  }

  @Test
  void whatPeopleTeachIsTrainedTriedPromotedAndRolledBack() throws Exception {
    Clock clock = Clock.system(ZoneOffset.UTC);
    VersionLoader tiny = tiny();
    try (TelegramSide onePlatform = new TelegramSide();
        DiscordSide otherPlatform = new DiscordSide();
        Database database = Database.open(folder.resolve("parley.db"));
        Platform onTelegram = onePlatform.connect(database);
        Platform onDiscord = otherPlatform.connect(database);
        VersionedModel model = VersionedModel.open(new VersionStore(database, clock), tiny);
        Assembly assembly =
            assemble(database, tiny, model, List.of(onTelegram, onDiscord), clock)) {
      telegram = onePlatform;
      discord = otherPlatform;
      onTelegram.start(assembly.core());
      onDiscord.start(assembly.core());
      await().atMost(LONGEST).until(discord::isConnected);
      VersionStore versions = new VersionStore(database, clock);

      teach();
      Version version = train(versions);
      tryOn(version, versions);
      rate();
      promote(version);
      rollBack();

      assertThat(telegram.wrongCalls()).isEmpty();
      assertThat(discord.wrongCalls()).isEmpty();
    }
  }

  private Assembly assemble(
      Database database,
      VersionLoader tiny,
      VersionedModel model,
      List<Platform> platforms,
      Clock clock) {
    VersionStore versions = new VersionStore(database, clock);
    Profile profile =
        new Profile(
            "Parley",
            "",
            SamplingOptions.GREEDY,
            12,
            model.info().contextLength(),
            Duration.ofHours(12),
            ZoneOffset.UTC,
            List.of(PERSONA),
            Optional.empty());
    return Assembly.of(
        profile,
        new QueueLimits(1_000, 2, 10_000),
        Door.open(new Operators(Set.of(new PersonId("telegram", Integer.toString(OPERATOR))))),
        Map.of("comparisons", "0"),
        database,
        model,
        true,
        (queue, data) ->
            new LiveTrainer(
                new VersionTraining(
                    data,
                    versions,
                    () -> tiny.origin(versions),
                    () -> Processor.CPU,
                    folder.resolve("training"),
                    SystemPrompt.common(profile.name(), profile.operatorPrompt(), PERSONA),
                    OPTIONS),
                () -> queue.size() > 0),
        new RunningProgram(
            new Backups(
                folder.resolve("parley.db"),
                folder.resolve("backups"),
                Duration.ofDays(30),
                clock)),
        new ChatPictures(ZoneOffset.UTC),
        SecondOpinion.none(),
        platforms,
        clock);
  }

  /** Everybody agrees to learning, and says what answers should have been. */
  private void teach() throws Exception {
    for (int person = 1; person <= PEOPLE; person++) {
      telegram.agrees(person);
      discord.agrees(person);
      for (int lesson = 0; lesson < LESSONS; lesson++) {
        assertThat(ask(person, someQuestion())).noneMatch(LearningTest::isGood);
        telegram.teaches(person, BETTER);
        discord.teaches(person, BETTER);
      }
    }
  }

  private String someQuestion() {
    return random
            .ints(1 + random.nextInt(4), 0, WORDS.size())
            .mapToObj(WORDS::get)
            .collect(Collectors.joining(" "))
        + ENDINGS.get(random.nextInt(ENDINGS.size()));
  }

  /** Everybody asks in a new conversation; returns the answers. */
  private List<String> ask(int person, String question) {
    telegram.beginsAnew(person, Side.PRIVATE);
    discord.beginsAnew(person, Side.PRIVATE);
    int onTelegram = telegram.answers(person).size();
    int onDiscord = discord.answers(person).size();
    telegram.says(person, "T " + question);
    discord.says(person, "D " + question);
    await().atMost(LONGEST).until(() -> telegram.answers(person).size() > onTelegram);
    await().atMost(LONGEST).until(() -> discord.answers(person).size() > onDiscord);
    return List.of(telegram.answers(person).getLast(), discord.answers(person).getLast());
  }

  private static boolean isGood(String answer) {
    return answer.toLowerCase(Locale.ROOT).startsWith("yes");
  }

  private Version train(VersionStore versions) throws Exception {
    telegram.says(OPERATOR, "/operator");
    awaitPanel("for those who run it");
    telegram.presses(OPERATOR, "Train");
    refreshUntil("pairs to learn from");
    telegram.presses(OPERATOR, "Begin");
    ask(2, "And meanwhile?"); // whoever chats is answered all the same
    refreshUntil("ended");
    Version version = versions.all().getFirst();
    assertThat(version.figures()).contains("preferred");
    return version;
  }

  private void tryOn(Version version, VersionStore versions) throws Exception {
    assertThat(telegram.newest(OPERATOR))
        .as(version.figures())
        .contains(version.name(), "passed its examination");
    telegram.presses(OPERATOR, version.name());
    awaitPanel("Training: all");
    telegram.presses(OPERATOR, "Try on 50 %");
    await().atMost(LONGEST).until(() -> versions.tried().isPresent());
  }

  /** Everybody rates what they get, by what it says. */
  private void rate() throws Exception {
    for (int round = 1; round <= 3; round++) {
      for (int person = 2; person <= PEOPLE; person++) {
        List<String> answers = ask(person, "Round " + round + "?");
        telegram.rates(person, isGood(answers.getFirst()) ? "👍" : "👎");
        discord.rates(person, isGood(answers.getLast()) ? "👍" : "👎");
      }
    }
    refreshUntil("better");
  }

  private void promote(Version version) throws Exception {
    telegram.presses(OPERATOR, "Promote");
    awaitPanel("answers everybody");
    telegram.presses(OPERATOR, "Promote");
    refreshUntil("(" + version.name() + ") answers");
    assertThat(ask(3, "Who are you?")).allMatch(LearningTest::isGood);
  }

  private void rollBack() throws Exception {
    telegram.presses(OPERATOR, "Roll back");
    awaitPanel("answers instead");
    telegram.presses(OPERATOR, "Roll back");
    refreshUntil("retired");
    assertThat(ask(3, "And now?")).noneMatch(LearningTest::isGood);
  }

  private void awaitPanel(String text) {
    await().atMost(LONGEST).until(() -> telegram.newest(OPERATOR).contains(text));
  }

  private void refreshUntil(String text) {
    await()
        .atMost(LONGEST)
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              if (telegram.newest(OPERATOR).contains(text)) {
                return true;
              }
              telegram.says(OPERATOR, "/operator");
              return false;
            });
  }
}
