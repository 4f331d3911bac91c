package dev.parley.core;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.chat.Answering;
import dev.parley.chat.Chat;
import dev.parley.chat.Reactions;
import dev.parley.command.Commands;
import dev.parley.language.Texts;
import dev.parley.person.BlockList;
import dev.parley.person.Door;
import dev.parley.person.People;
import dev.parley.person.Places;
import dev.parley.platform.ButtonPress;
import dev.parley.platform.CommandCall;
import dev.parley.platform.CommandDefinition;
import dev.parley.platform.Completion;
import dev.parley.platform.FormSubmission;
import dev.parley.platform.Inbox;
import dev.parley.platform.IncomingMessage;
import dev.parley.platform.Person;
import dev.parley.platform.PersonId;
import dev.parley.platform.Place;
import dev.parley.platform.PlaceId;
import dev.parley.platform.Reaction;
import dev.parley.platform.Response;
import dev.parley.settings.AnswerMode;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What platforms talk to. Thread-safe. */
public final class Core implements Inbox {
  private static final int MOST_COMPLETIONS = 25;
  private static final int MOST_TOLD = 10_000;

  private final Chat chat;
  private final Commands commands;
  private final Reactions reactions;
  private final Door door;
  private final BlockList blocked;
  private final People people;
  private final Places places;
  private final Settings settings;
  private final Answering answering;

  /** Who was told lately that they are not let in. */
  private final Cache<PersonId, Boolean> turnedAway =
      Caffeine.newBuilder().expireAfterWrite(Duration.ofDays(1)).maximumSize(MOST_TOLD).build();

  public Core(
      Chat chat,
      Commands commands,
      Reactions reactions,
      Door door,
      BlockList blocked,
      People people,
      Places places,
      Settings settings,
      Answering answering) {
    this.chat = chat;
    this.commands = commands;
    this.reactions = reactions;
    this.door = door;
    this.blocked = blocked;
    this.people = people;
    this.places = places;
    this.settings = settings;
    this.answering = answering;
  }

  /**
   * An admin is heard even where another one blocked them. Who is not let in, and bots that nobody
   * wants answered, are not even remembered.
   */
  @Override
  public boolean hears(Person person, Place place) {
    if (!isLetIn(person, place)
        || (person.bot() && !settings.resolve(Setting.ANSWER_BOTS, chat.known(place)).value())) {
      return false;
    }
    chat.meet(person, place);
    return person.placeAdmin()
        || (!blocked.contains(place.id(), person.id())
            && (place.kind() == Place.Kind.PRIVATE || isOpenTo(person, place)));
  }

  @Override
  public boolean hears(Person person, Place place, String what) {
    return hears(person, place)
        || (Commands.isAboutOwnData(what)
            && place.kind() == Place.Kind.PRIVATE
            && !person.bot()
            && isKnown(person));
  }

  /** Whoever deleted everything is not: their name would be kept again. */
  private boolean isKnown(Person person) {
    return people.find(person.id()).filter(known -> !known.isForgotten()).isPresent();
  }

  private boolean isLetIn(Person person, Place place) {
    List<PlaceId> around =
        Stream.concat(
                Stream.of(place.id()),
                place.parent().map(places::withParents).orElse(List.of()).stream())
            .toList();
    return door.admits(person.id(), around);
  }

  @Override
  public String whyNot(Person person, Place place) {
    return isLetIn(person, place)
        ? texts(person, place).say("access.blocked")
        : closed(person, place);
  }

  /** Whoever is to be let in can tell the operator what to write. */
  private String closed(Person person, Place place) {
    PersonId id = person.id();
    Texts texts =
        Texts.of(settings.ofOperator(Setting.LANGUAGE).value().orElse(person.locale()))
            .on(place.id().platform());
    String why = texts.say("access.closed", id.platform() + ":" + id.id());
    return isKnown(person) ? why + "\n" + texts.say("access.closed.own-data") : why;
  }

  /** Roles are those of what a place lies in: what lies in nothing has none. */
  private boolean isOpenTo(Person person, Place place) {
    Set<String> allowed = settings.resolve(Setting.ALLOWED_ROLES, place.id()).value();
    Set<String> shut = settings.resolve(Setting.BLOCKED_ROLES, place.id()).value();
    return settings.resolve(Setting.ANSWER_MODE, place.id()).value() != AnswerMode.NOTHING
        && (allowed.isEmpty() || place.parent().isEmpty() || hasOneOf(person, allowed))
        && !hasOneOf(person, shut);
  }

  private static boolean hasOneOf(Person person, Set<String> roles) {
    return roles.stream().anyMatch(person::hasRole);
  }

  @Override
  public int underway() {
    return answering.underway();
  }

  @Override
  public boolean answersQuietly(Place place) {
    return settings.resolve(Setting.QUIET_ANSWERS, place.id()).value();
  }

  @Override
  public void visit(Place around) {
    chat.visit(around);
  }

  /** Whoever talks to others is not even remembered. */
  @Override
  public void message(IncomingMessage message) {
    if (wants(message)) {
      chat.message(message);
    } else if (message.place().kind() == Place.Kind.PRIVATE) {
      turnAway(message);
    }
  }

  private void turnAway(IncomingMessage message) {
    Person person = message.author();
    if (!person.bot()
        && !isLetIn(person, message.place())
        && turnedAway.asMap().putIfAbsent(person.id(), true) == null) {
      answering
          .notices()
          .refuse(
              message.place().id(),
              Optional.of(message.messageId()),
              closed(person, message.place()),
              List.of());
    }
  }

  @Override
  public boolean wants(IncomingMessage message) {
    return chat.isForParley(message) && hears(message.author(), message.place());
  }

  @Override
  public void ask(IncomingMessage message) {
    if (hears(message.author(), message.place())) {
      chat.command(message);
    }
  }

  @Override
  public void edited(IncomingMessage message) {
    if (chat.wasAnswered(message) && hears(message.author(), message.place())) {
      chat.edited(message);
    }
  }

  @Override
  public void deleted(PlaceId place, String messageId) {
    chat.deleted(place, messageId);
  }

  @Override
  public void closed(PlaceId place) {
    chat.closed(place);
  }

  @Override
  public void moved(PlaceId from, PlaceId to) {
    chat.moved(from, to);
    blocked.moved(from, to);
  }

  @Override
  public void reacted(Reaction reaction) {
    reactions.take(reaction);
  }

  @Override
  public List<CommandDefinition> commands() {
    return commands.definitions();
  }

  @Override
  public Texts texts(Person person, Place place) {
    return commands.texts(person, place);
  }

  @Override
  public Response command(CommandCall call) {
    return !call.caller().bot() && hears(call.caller(), call.place(), call.command())
        ? commands.run(call)
        : Response.nothing();
  }

  @Override
  public Response press(ButtonPress press) {
    return hears(press.presser(), press.place(), press.buttonId())
        ? commands.press(press)
        : Response.of(whyNot(press.presser(), press.place()));
  }

  @Override
  public Response submit(FormSubmission submission) {
    return hears(submission.sender(), submission.place(), submission.formId())
        ? commands.submit(submission)
        : Response.nothing();
  }

  @Override
  public List<Completion> complete(CommandCall soFar, String option) {
    return hears(soFar.caller(), soFar.place())
        ? commands.complete(soFar, option).limit(MOST_COMPLETIONS).toList()
        : List.of();
  }
}
