package dev.parley.core;

import dev.parley.chat.Chat;
import dev.parley.chat.Reactions;
import dev.parley.command.Commands;
import dev.parley.language.Texts;
import dev.parley.person.BlockList;
import dev.parley.platform.ButtonPress;
import dev.parley.platform.CommandCall;
import dev.parley.platform.CommandDefinition;
import dev.parley.platform.CommandDefinition.Option;
import dev.parley.platform.FormSubmission;
import dev.parley.platform.Inbox;
import dev.parley.platform.IncomingMessage;
import dev.parley.platform.Person;
import dev.parley.platform.Place;
import dev.parley.platform.PlaceId;
import dev.parley.platform.Reaction;
import dev.parley.platform.Response;
import java.util.List;
import java.util.Locale;

/** What platforms talk to. Thread-safe. */
public final class Core implements Inbox {
  private static final int MOST_COMPLETIONS = 25;

  private final Chat chat;
  private final Commands commands;
  private final Reactions reactions;
  private final BlockList blocked;

  public Core(Chat chat, Commands commands, Reactions reactions, BlockList blocked) {
    this.chat = chat;
    this.commands = commands;
    this.reactions = reactions;
    this.blocked = blocked;
  }

  /** An admin is heard even where another one blocked them. */
  @Override
  public boolean hears(Person person, Place place) {
    chat.meet(person, place);
    return person.placeAdmin() || !blocked.contains(place.id(), person.id());
  }

  @Override
  public void visit(Place around) {
    chat.visit(around);
  }

  /** Whoever talks to others is not even remembered. */
  @Override
  public void message(IncomingMessage message) {
    if (chat.isForParley(message) && hears(message.author(), message.place())) {
      chat.message(message);
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
  public List<String> complete(CommandCall soFar, String option) {
    String typed = soFar.options().getOrDefault(option, "").toLowerCase(Locale.ROOT);
    return commands.definitions().stream()
        .filter(definition -> definition.name().equals(soFar.command()))
        .map(CommandDefinition::options)
        .flatMap(List::stream)
        .filter(candidate -> candidate.name().equals(option))
        .map(Option::choices)
        .flatMap(List::stream)
        .filter(choice -> choice.startsWith(typed))
        .limit(MOST_COMPLETIONS)
        .toList();
  }
}
