package dev.parley.core;

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
import dev.parley.command.Pictures;
import dev.parley.command.Upkeep;
import dev.parley.conversation.Beginnings;
import dev.parley.conversation.ConversationStore;
import dev.parley.conversation.History;
import dev.parley.conversation.MessageSearch;
import dev.parley.conversation.MessageTree;
import dev.parley.conversation.PlatformMessages;
import dev.parley.conversation.SeenEvents;
import dev.parley.conversation.ThoughtStore;
import dev.parley.learning.ComparisonStore;
import dev.parley.learning.ConsentStore;
import dev.parley.learning.Trainer;
import dev.parley.learning.TrainingData;
import dev.parley.learning.VersionRatings;
import dev.parley.learning.VersionStore;
import dev.parley.learning.VersionedModel;
import dev.parley.moderation.CaseStore;
import dev.parley.moderation.Moderator;
import dev.parley.moderation.SecondOpinion;
import dev.parley.person.BlockList;
import dev.parley.person.Door;
import dev.parley.person.InstructionsStore;
import dev.parley.person.Operators;
import dev.parley.person.People;
import dev.parley.person.Places;
import dev.parley.platform.Platform;
import dev.parley.privacy.Erasure;
import dev.parley.privacy.KeptStore;
import dev.parley.privacy.PersonExport;
import dev.parley.privacy.PlaceExport;
import dev.parley.privacy.Retention;
import dev.parley.queue.GenerationQueue;
import dev.parley.queue.QueueLimits;
import dev.parley.rating.RatingStore;
import dev.parley.reply.LastDay;
import dev.parley.reply.ReplyStore;
import dev.parley.reply.Tally;
import dev.parley.settings.Settings;
import dev.parley.storage.Database;
import dev.parley.usage.UsageStore;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * All parts of the core, put together in one place.
 *
 * @param core what platforms talk to
 * @param commands what they show and complete
 * @param answering the replies on their way
 * @param announcements what operators tell everybody
 * @param background what the model does while nobody waits; to be started
 * @param trainer trains versions meanwhile
 * @param tally what went wrong, and which limits were met
 */
public record Assembly(
    Core core,
    Commands commands,
    Answering answering,
    Announcements announcements,
    Background background,
    GenerationQueue queue,
    Trainer trainer,
    Tally tally)
    implements AutoCloseable {
  /** Makes what trains versions of what people allowed to learn from, while they are answered. */
  public interface Trainers {
    Trainer of(GenerationQueue queue, TrainingData data);
  }

  /**
   * Puts everything together.
   *
   * @param profile who the assistant is here
   * @param door whom whoever runs it lets in
   * @param settingsOfOperator what the operator set of what people and places can set, by the
   *     setting's key
   * @param brief whether the model is too small to follow a long system prompt
   * @param trainers makes what trains versions
   * @param upkeep what operators do to the running program
   * @param pictures draws figures
   * @param second asked about texts that are moderated
   * @param platforms all that are to be talked on, not started
   * @param clock of the operator's time zone
   */
  public static Assembly of(
      Profile profile,
      QueueLimits limits,
      Door door,
      Map<String, String> settingsOfOperator,
      Database database,
      VersionedModel model,
      boolean brief,
      Trainers trainers,
      Upkeep upkeep,
      Pictures pictures,
      SecondOpinion second,
      List<? extends Platform> platforms,
      Clock clock) {
    Operators operators = door.operators();
    People people = new People(database, clock);
    Places places = new Places(database, clock);
    Map<String, Platform> byName =
        platforms.stream().collect(Collectors.toMap(Platform::name, Function.identity()));
    Settings settings =
        new Settings(
            database,
            places,
            name -> Optional.ofNullable(byName.get(name)).map(Platform::features).orElse(Set.of()),
            settingsOfOperator);
    CaseStore cases = new CaseStore(database, clock);
    Moderator moderator = new Moderator(settings, cases, second);
    Moderation moderation = new Moderation(moderator, cases);
    BlockList blocked = new BlockList(database, places, clock);
    InstructionsStore instructions = new InstructionsStore(database, clock);
    ConversationStore conversations = new ConversationStore(database, clock);
    MessageTree tree = new MessageTree(database, conversations, clock);
    ThoughtStore thoughts = new ThoughtStore(database);
    PlatformMessages platformMessages = new PlatformMessages(database);
    UsageStore usage = new UsageStore(database, clock, clock.getZone());
    SeenEvents events = new SeenEvents(database, clock);
    ReplyStore replies =
        new ReplyStore(database, tree, thoughts, platformMessages, events, usage, clock);
    RatingStore ratings = new RatingStore(database, events, clock);
    ConsentStore consents = new ConsentStore(database, clock);
    ComparisonStore comparisons = new ComparisonStore(database, conversations, tree, clock);

    KeptStore kept = new KeptStore(database);
    Erasure erasure = new Erasure(database, kept, people, instructions, settings, usage);

    GenerationQueue queue = new GenerationQueue(model, limits);
    Prompter prompter =
        new Prompter(conversations, tree, settings, instructions, model, brief, profile, clock);
    Languages languages = new Languages(settings, people);
    DailyLimits daily = new DailyLimits(usage, settings, operators, profile.zone());
    Tally tally = new Tally();
    Answering answering =
        new Answering(
            byName,
            new Workshop(
                replies,
                places,
                tree,
                thoughts,
                platformMessages,
                settings,
                queue,
                limits,
                daily,
                model,
                prompter,
                moderation,
                tally),
            languages);
    Chat chat =
        new Chat(
            people,
            places,
            conversations,
            tree,
            platformMessages,
            replies,
            settings,
            new Admission(settings, daily, operators, tally, clock),
            byName,
            answering,
            moderation,
            languages,
            profile,
            clock);
    Trainer trainer = trainers.of(queue, new TrainingData(database, consents, comparisons, tree));
    Announcements announcements =
        new Announcements(usage, people, places, door, blocked, languages, byName);
    Commands commands =
        new Commands(
            chat,
            people,
            languages,
            answering,
            announcements,
            conversations,
            tree,
            thoughts,
            new History(database),
            new MessageSearch(database),
            replies,
            ratings,
            settings,
            instructions,
            places,
            blocked,
            moderator,
            cases,
            usage,
            new LastDay(database, clock, profile.zone()),
            kept,
            new PersonExport(database, profile.name(), profile.zone(), clock),
            new PlaceExport(database, profile.name(), profile.zone(), clock),
            erasure,
            consents,
            comparisons,
            byName,
            queue,
            model,
            new VersionStore(database, clock),
            new VersionRatings(database),
            trainer,
            upkeep,
            pictures,
            operators,
            profile,
            clock);
    Background background =
        new Background(
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory()),
            new Beginnings(database, conversations, tree),
            conversations,
            tree,
            replies,
            comparisons,
            settings,
            moderation,
            new Retention(database, settings, clock),
            erasure,
            prompter,
            answering,
            queue,
            model,
            brief,
            profile.sampling(),
            profile.contextTokens(),
            RandomGenerator.getDefault(),
            clock);
    Reactions reactions = new Reactions(platformMessages, tree, conversations, people, ratings);
    return new Assembly(
        new Core(chat, commands, reactions, door, blocked, people, places, settings, answering),
        commands,
        answering,
        announcements,
        background,
        queue,
        trainer,
        tally);
  }

  @Override
  public void close() {
    announcements.close();
    trainer.close();
    background.close();
    queue.close();
    answering.awaitEnd();
  }
}
