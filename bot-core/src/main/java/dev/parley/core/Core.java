package dev.parley.core;

import dev.parley.chat.Answering;
import dev.parley.chat.Chat;
import dev.parley.chat.Reactions;
import dev.parley.command.Commands;
import dev.parley.language.Texts;
import dev.parley.person.BlockList;
import dev.parley.platform.ButtonPress;
import dev.parley.platform.CommandCall;
import dev.parley.platform.CommandDefinition;
import dev.parley.platform.Completion;
import dev.parley.platform.FormSubmission;
import dev.parley.platform.Inbox;
import dev.parley.platform.IncomingMessage;
import dev.parley.platform.Person;
import dev.parley.platform.Place;
import dev.parley.platform.PlaceId;
import dev.parley.platform.Reaction;
import dev.parley.platform.Response;
import dev.parley.settings.AnswerMode;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import java.util.List;
import java.util.Set;

/** What platforms talk to. Thread-safe. */
public final class Core implements Inbox {
  private static final int MOST_COMPLETIONS = 25;

  private final Chat chat;
  private final Commands commands;
  private final Reactions reactions;
  private final BlockList blocked;
  private final Settings settings;
  private final Answering answering;

  public Core(
      Chat chat,
      Commands commands,
      Reactions reactions,
      BlockList blocked,
      Settings settings,
      Answering answering) {
    this.chat = chat;
    this.commands = commands;
    this.reactions = reactions;
    this.blocked = blocked;
    this.settings = settings;
    this.answering = answering;
  }

  /** An admin is heard even where another one blocked them. */
  @Override
  public boolean hears(Person person, Place place) {
    chat.meet(person, place);
    return person.placeAdmin()
        || (!blocked.contains(place.id(), person.id())
            && (place.kind() == Place.Kind.PRIVATE || isOpenTo(person, place)));
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
    return hears(call.caller(), call.place()) ? commands.run(call) : Response.nothing();
  }

  @Override
  public Response press(ButtonPress press) {
    return hears(press.presser(), press.place())
        ? commands.press(press)
        : Response.of(texts(press.presser(), press.place()).say("access.blocked"));
  }

  @Override
  public Response submit(FormSubmission submission) {
    return hears(submission.sender(), submission.place())
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
