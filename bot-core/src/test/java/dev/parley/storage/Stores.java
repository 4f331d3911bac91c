package dev.parley.storage;

import dev.parley.conversation.ConversationStore;
import dev.parley.conversation.History;
import dev.parley.conversation.Message;
import dev.parley.conversation.MessageSearch;
import dev.parley.conversation.MessageTree;
import dev.parley.conversation.Owner;
import dev.parley.conversation.PlatformMessages;
import dev.parley.conversation.SeenEvents;
import dev.parley.conversation.ThoughtStore;
import dev.parley.learning.ComparisonStore;
import dev.parley.learning.ConsentStore;
import dev.parley.learning.VersionRatings;
import dev.parley.learning.VersionStore;
import dev.parley.model.FinishReason;
import dev.parley.model.GenerationResult;
import dev.parley.moderation.CaseStore;
import dev.parley.moderation.Moderator;
import dev.parley.moderation.SecondOpinion;
import dev.parley.person.BlockList;
import dev.parley.person.InstructionsStore;
import dev.parley.person.People;
import dev.parley.person.Places;
import dev.parley.platform.Feature;
import dev.parley.platform.Person;
import dev.parley.platform.PersonId;
import dev.parley.platform.Place;
import dev.parley.platform.PlaceId;
import dev.parley.privacy.Erasure;
import dev.parley.privacy.KeptStore;
import dev.parley.privacy.PersonExport;
import dev.parley.privacy.PlaceExport;
import dev.parley.privacy.Retention;
import dev.parley.rating.RatingStore;
import dev.parley.reply.ReplyStore;
import dev.parley.settings.Settings;
import dev.parley.usage.UsageStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** All stores on one database, and the people and places that tests speak of. */
public final class Stores implements AutoCloseable {
  public static final PersonId ADA = new PersonId("telegram", "1");
  public static final PersonId BOB = new PersonId("telegram", "2");

  /** Ada's private chat, which has the number of its person, as on Telegram. */
  public static final PlaceId PRIVATE = new PlaceId("telegram", "1");

  public static final PlaceId SERVER = new PlaceId("telegram", "-10");
  public static final PlaceId GROUP = new PlaceId("telegram", "-100");

  public static final ZoneId TAIPEI = ZoneId.of("Asia/Taipei");

  public Instant now = Instant.parse("2026-11-23T15:00:00Z");

  public final InstantSource clock = () -> now;
  public final Database database;
  public final People people;
  public final Places places;
  public final BlockList blocked;
  public final InstructionsStore instructions;
  public final ConversationStore conversations;
  public final MessageTree tree;
  public final ThoughtStore thoughts;
  public final History history;
  public final MessageSearch search;
  public final PlatformMessages platformMessages;
  public final SeenEvents events;
  public final UsageStore usage;
  public final ReplyStore replies;
  public final RatingStore ratings;
  public final KeptStore kept;
  public final PersonExport export;
  public final PlaceExport placeExport;
  public final Erasure erasure;
  public final Retention retention;
  public final ConsentStore consents;
  public final ComparisonStore comparisons;
  public final VersionStore versions;
  public final VersionRatings versionRatings;
  public final Settings settings;
  public final CaseStore cases;
  public final Moderator moderator;

  private Stores(Path file, Supplier<Set<Feature>> features) {
    database = Database.open(file);
    people = new People(database, clock);
    places = new Places(database, clock);
    blocked = new BlockList(database, places, clock);
    instructions = new InstructionsStore(database, clock);
    conversations = new ConversationStore(database, clock);
    tree = new MessageTree(database, conversations, clock);
    thoughts = new ThoughtStore(database);
    history = new History(database);
    search = new MessageSearch(database);
    platformMessages = new PlatformMessages(database);
    events = new SeenEvents(database, clock);
    usage = new UsageStore(database, clock, TAIPEI);
    replies = new ReplyStore(database, tree, thoughts, platformMessages, events, usage, clock);
    ratings = new RatingStore(database, events, clock);
    kept = new KeptStore(database);
    consents = new ConsentStore(database, clock);
    comparisons = new ComparisonStore(database, conversations, tree, clock);
    versions = new VersionStore(database, clock);
    versionRatings = new VersionRatings(database);
    settings = new Settings(database, places, name -> features.get(), Map.of("persona", "coder"));
    cases = new CaseStore(database, clock);
    moderator = new Moderator(settings, cases, SecondOpinion.none());
    export = new PersonExport(database, "Parley", TAIPEI, clock);
    placeExport = new PlaceExport(database, "Parley", TAIPEI, clock);
    erasure = new Erasure(database, kept, people, instructions, settings, usage);
    retention = new Retention(database, settings, clock);
  }

  /** On a platform that has everything. */
  public static Stores open(Path folder) {
    return open(folder, () -> EnumSet.allOf(Feature.class));
  }

  /**
   * Opens a database in which Ada and Bob, Ada's private chat and a group of both are known.
   *
   * @param features of the platform
   */
  public static Stores open(Path folder, Supplier<Set<Feature>> features) {
    Stores stores = new Stores(folder.resolve("parley.db"), features);
    stores.people.meet(new Person(ADA, "Ada", Locale.ENGLISH, false));
    stores.people.meet(new Person(BOB, "Bob", Locale.TAIWAN, false));
    stores.places.visit(new Place(PRIVATE, Place.Kind.PRIVATE, Optional.empty(), ""));
    stores.places.visit(new Place(GROUP, Place.Kind.GROUP, Optional.of(SERVER), "Tides"));
    return stores;
  }

  public static Owner adaInPrivate() {
    return Owner.of(PRIVATE, ADA);
  }

  public static Owner inGroup(PersonId person) {
    return Owner.of(GROUP, person);
  }

  public static Message.Author author(PersonId id) {
    return new Message.Author(id, id.equals(ADA) ? "Ada" : "Bob");
  }

  public static GenerationResult result(String text, FinishReason reason) {
    return new GenerationResult(
        text, reason, 20, 5, 7, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(3));
  }

  @Override
  public void close() {
    database.close();
  }
}
