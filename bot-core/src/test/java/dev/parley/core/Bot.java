package dev.parley.core;

import static org.awaitility.Awaitility.await;

import dev.parley.background.Background;
import dev.parley.chat.Admission;
import dev.parley.chat.Announcements;
import dev.parley.chat.Answering;
import dev.parley.chat.Chat;
import dev.parley.chat.DailyLimits;
import dev.parley.chat.Languages;
import dev.parley.chat.Moderation;
import dev.parley.chat.Profile;
import dev.parley.chat.Prompter;
import dev.parley.chat.Reactions;
import dev.parley.chat.Workshop;
import dev.parley.command.Commands;
import dev.parley.conversation.Beginnings;
import dev.parley.learning.VersionedModel;
import dev.parley.model.SamplingOptions;
import dev.parley.person.Door;
import dev.parley.person.Operators;
import dev.parley.platform.Person;
import dev.parley.platform.PersonId;
import dev.parley.platform.Place;
import dev.parley.platform.PlaceId;
import dev.parley.prompt.Persona;
import dev.parley.queue.GenerationQueue;
import dev.parley.queue.QueueLimits;
import dev.parley.reply.LastDay;
import dev.parley.reply.Tally;
import dev.parley.storage.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;

/** The whole core on a real database and the real queue, with a scripted model and platform. */
final class Bot implements AutoCloseable {
  static final Place GROUP =
      new Place(Stores.GROUP, Place.Kind.GROUP, Optional.of(Stores.SERVER), "Tides");

  /** Who runs Parley. */
  static final PersonId OLGA = new PersonId("telegram", "4");

  static final Operators OPERATORS = new Operators(Set.of(OLGA));

  final Stores stores;
  final ScriptedModel model;
  final ScriptedLoader loader;
  final VersionedModel versioned;
  final ScriptedTrainer trainer = new ScriptedTrainer();
  final ScriptedUpkeep upkeep = new ScriptedUpkeep();
  final RecordingPlatform platform;
  final Answering answering;
  final Announcements announcements;
  final Core core;
  final Background background;
  private final GenerationQueue queue;
  final Tally tally = new Tally();

  /** How a bot is set up; the defaults suit most tests. */
  record Setup(
      int parallel,
      List<String> languages,
      QueueLimits limits,
      int context,
      boolean brief,
      Door door) {
    static final Setup USUAL =
        new Setup(4, List.of("en", "zh"), QueueLimits.DEFAULT, 4_096, false, Door.open(OPERATORS));

    Setup withParallel(int value) {
      return new Setup(value, languages, limits, context, brief, door);
    }

    Setup withLanguages(String... values) {
      return new Setup(parallel, List.of(values), limits, context, brief, door);
    }

    Setup withLimits(QueueLimits value) {
      return new Setup(parallel, languages, value, context, brief, door);
    }

    Setup withContext(int tokens) {
      return new Setup(parallel, languages, limits, tokens, brief, door);
    }

    Setup withDoor(Door value) {
      return new Setup(parallel, languages, limits, context, brief, value);
    }

    Setup asBrief() {
      return new Setup(parallel, languages, limits, context, true, door);
    }
  }

  static Bot in(Path folder) {
    return in(folder, Setup.USUAL);
  }

  static Bot in(Path folder, Setup setup) {
    return new Bot(folder, setup, new RecordingPlatform());
  }

  /** On the same platform as before, whose messages are still there. */
  static Bot restarted(Path folder, Setup setup, RecordingPlatform platform) {
    return new Bot(folder, setup, platform);
  }

  private Bot(Path folder, Setup setup, RecordingPlatform platform) {
    this.platform = platform;
    stores = Stores.open(folder, platform::features);
    model = new ScriptedModel(setup.parallel(), setup.languages());
    loader = new ScriptedLoader(model);
    versioned = loader.open(stores.versions);
    Profile profile =
        new Profile(
            "Parley",
            "",
            SamplingOptions.GREEDY,
            40,
            setup.context(),
            Duration.ofHours(12),
            Stores.TAIPEI,
            List.of(
                new Persona("assistant", Map.of("en", "Assistant", "zh-Hant-TW", "助理"), ""),
                new Persona(
                    "coder",
                    Map.of("en", "Coder", "zh-Hant-TW", "程式設計師"),
                    "You write careful code.")),
            Optional.of(Duration.ofDays(30)));
    queue = new GenerationQueue(versioned, setup.limits(), stores.clock);
    Moderation moderation = new Moderation(stores.moderator, stores.cases);
    Languages languages = new Languages(stores.settings, stores.people);
    Operators operators = setup.door().operators();
    DailyLimits daily = new DailyLimits(stores.usage, stores.settings, operators, profile.zone());
    Prompter prompter =
        new Prompter(
            stores.conversations,
            stores.tree,
            stores.settings,
            stores.instructions,
            versioned,
            setup.brief(),
            profile,
            stores.clock);
    answering =
        new Answering(
            Map.of(platform.name(), platform),
            new Workshop(
                stores.replies,
                stores.places,
                stores.tree,
                stores.thoughts,
                stores.platformMessages,
                stores.settings,
                queue,
                setup.limits(),
                daily,
                versioned,
                prompter,
                moderation,
                tally),
            languages);
    Chat chat =
        new Chat(
            stores.people,
            stores.places,
            stores.conversations,
            stores.tree,
            stores.platformMessages,
            stores.replies,
            stores.settings,
            new Admission(stores.settings, daily, operators, tally, stores.clock),
            Map.of(platform.name(), platform),
            answering,
            moderation,
            languages,
            profile,
            stores.clock);
    announcements =
        new Announcements(
            stores.usage,
            stores.people,
            stores.places,
            setup.door(),
            stores.blocked,
            languages,
            Map.of(platform.name(), platform));
    core =
        new Core(
            chat,
            new Commands(
                chat,
                stores.people,
                languages,
                answering,
                announcements,
                stores.conversations,
                stores.tree,
                stores.thoughts,
                stores.history,
                stores.search,
                stores.replies,
                stores.ratings,
                stores.settings,
                stores.instructions,
                stores.places,
                stores.blocked,
                stores.moderator,
                stores.cases,
                stores.usage,
                new LastDay(stores.database, stores.clock, profile.zone()),
                stores.kept,
                stores.export,
                stores.placeExport,
                stores.erasure,
                stores.consents,
                stores.comparisons,
                Map.of(platform.name(), platform),
                queue,
                versioned,
                stores.versions,
                stores.versionRatings,
                trainer,
                upkeep,
                new TextPictures(),
                operators,
                profile,
                stores.clock),
            new Reactions(
                stores.platformMessages,
                stores.tree,
                stores.conversations,
                stores.people,
                stores.ratings),
            setup.door(),
            stores.blocked,
            stores.people,
            stores.places,
            stores.settings,
            answering);
    background =
        new Background(
            Executors.newSingleThreadScheduledExecutor(),
            new Beginnings(stores.database, stores.conversations, stores.tree),
            stores.conversations,
            stores.tree,
            stores.replies,
            stores.comparisons,
            stores.settings,
            moderation,
            stores.retention,
            stores.erasure,
            prompter,
            answering,
            queue,
            versioned,
            setup.brief(),
            SamplingOptions.GREEDY,
            setup.context(),
            new Random(1),
            stores.clock);
  }

  /** Ada, who reads English, in her private chat, where answers being wrong is known. */
  Speaker ada() throws InterruptedException {
    return known(new Speaker(this, person(Stores.ADA, "Ada", Locale.ENGLISH), adasChat()));
  }

  Speaker adaInGroup() throws InterruptedException {
    return known(new Speaker(this, person(Stores.ADA, "Ada", Locale.ENGLISH), GROUP));
  }

  /** Bob, who reads Traditional Chinese. */
  Speaker bobInGroup() throws InterruptedException {
    return known(new Speaker(this, person(Stores.BOB, "Bob", Locale.TAIWAN), GROUP));
  }

  /** Cleo, who manages the group. */
  Speaker cleoInGroup() throws InterruptedException {
    return known(
        new Speaker(
            this, new Person(new PersonId("telegram", "3"), "Cleo", Locale.ENGLISH, true), GROUP));
  }

  /** Olga, who runs Parley, in her private chat. */
  Speaker olga() throws InterruptedException {
    return known(
        new Speaker(
            this,
            person(OLGA, "Olga", Locale.ENGLISH),
            new Place(
                new PlaceId("telegram", OLGA.id()), Place.Kind.PRIVATE, Optional.empty(), "")));
  }

  /** Somebody with a private chat of their own. */
  Speaker somebody(String id, Locale locale) {
    PersonId person = new PersonId("telegram", id);
    Place chat = new Place(new PlaceId("telegram", id), Place.Kind.PRIVATE, Optional.empty(), "");
    return new Speaker(this, person(person, "Somebody", locale), chat);
  }

  private Speaker known(Speaker speaker) throws InterruptedException {
    speaker.gives("start");
    return speaker;
  }

  private static Person person(PersonId id, String name, Locale locale) {
    return new Person(id, name, locale, false);
  }

  private static Place adasChat() {
    return new Place(Stores.PRIVATE, Place.Kind.PRIVATE, Optional.empty(), "");
  }

  /** A round of background work, once the last answer has left the queue. */
  boolean round() {
    rests();
    return background.round();
  }

  /** Waits until the last answer has left the queue: it is shown before. */
  void rests() {
    await().until(() -> queue.size() == 0);
  }

  /** How many answers run and wait. */
  int queueSize() {
    return queue.size();
  }

  /** Until a reply was given up whose person has not been told. */
  void awaitUntold() {
    Awaitility.await()
        .until(
            () ->
                stores.replies.unfinished().stream()
                    .anyMatch(reply -> reply.errorCase().isPresent()));
  }

  @Override
  public void close() {
    announcements.close();
    background.close();
    queue.close();
    versioned.close();
    stores.close();
  }
}
