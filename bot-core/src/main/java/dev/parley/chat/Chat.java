package dev.parley.chat;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationStore;
import dev.parley.conversation.Message;
import dev.parley.conversation.MessageTree;
import dev.parley.conversation.Owner;
import dev.parley.conversation.PlatformMessages;
import dev.parley.conversation.Position;
import dev.parley.language.Texts;
import dev.parley.model.Role;
import dev.parley.person.People;
import dev.parley.person.Places;
import dev.parley.platform.IncomingMessage;
import dev.parley.platform.Person;
import dev.parley.platform.PersonId;
import dev.parley.platform.Place;
import dev.parley.platform.PlaceId;
import dev.parley.platform.Platform;
import dev.parley.reply.NewQuestion;
import dev.parley.reply.ReplyStore;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The way of one message into the core: who speaks where, whether it is for Parley, where in the
 * conversation it belongs; then it is on disk and its answer on the way. Thread-safe.
 */
public final class Chat {
  private final People people;
  private final Places places;
  private final ConversationStore conversations;
  private final MessageTree tree;
  private final PlatformMessages platformMessages;
  private final ReplyStore replies;
  private final Settings settings;
  private final Admission admission;
  private final Threads threads;
  private final Answering answering;
  private final Moderation moderation;
  private final Languages languages;
  private final Profile profile;
  private final InstantSource clock;
  private final BotTurns botTurns = new BotTurns();

  /**
   * @param platforms by name
   */
  public Chat(
      People people,
      Places places,
      ConversationStore conversations,
      MessageTree tree,
      PlatformMessages platformMessages,
      ReplyStore replies,
      Settings settings,
      Admission admission,
      Map<String, Platform> platforms,
      Answering answering,
      Moderation moderation,
      Languages languages,
      Profile profile,
      InstantSource clock) {
    this.people = people;
    this.places = places;
    this.conversations = conversations;
    this.tree = tree;
    this.platformMessages = platformMessages;
    this.replies = replies;
    this.settings = settings;
    this.admission = admission;
    this.threads = new Threads(platforms, settings, places, conversations, tree);
    this.answering = answering;
    this.moderation = moderation;
    this.languages = languages;
    this.profile = profile;
    this.clock = clock;
  }

  /** Takes a message; when this returns it is on disk and its reply has a channel. */
  public void message(IncomingMessage message) {
    take(message, this::refused);
  }

  /** Takes the question of a command: somebody waits for an answer to it, whatever that is. */
  public void command(IncomingMessage message) {
    take(message, this::refusedAloud);
  }

  private void take(IncomingMessage message, Predicate<IncomingMessage> refused) {
    meet(message.author(), message.place());
    if (replies.knows(message.eventId(), message.place().id())
        || (message.author().bot() && !botTurns.mayGoOn(message.place().id()))) {
      return;
    }
    if (refused.test(message) || !becameQuestion(message)) {
      replies.passOver(message.eventId(), message.place().id());
    }
  }

  /** Asks what a message asks; false where it asks nothing, or what is kept back. */
  private boolean becameQuestion(IncomingMessage message) {
    Position position = position(message);
    Wording wording = wording(message, position instanceof Position.After);
    if (wording.text().isEmpty()) {
      if (!wording.complaints().isEmpty() && !message.author().bot()) {
        refuse(message, String.join("\n", wording.complaints()));
      }
      return false;
    }
    Optional<Notes> moderated = moderated(message, wording);
    if (moderated.isEmpty()) {
      return false;
    }
    Owner owner = owner(message.author().id(), message.place().id());
    boolean anew = message.replyTo().isEmpty() && startAnewIfIdle(owner);
    Notes notes =
        anew
            ? moderated.get().alsoBefore(texts(message).say("conversation.idle"))
            : moderated.get();
    Optional<Threads.Opened> thread = threads.openFor(message, owner, position);
    if (thread.isEmpty()) {
      ask(message, wording, owner, position, notes);
      return true;
    }
    Owner there = owner(message.author().id(), thread.get().place().id());
    ask(message, wording, there, thread.get().position(), notes);
    conversations.startNew(owner); // what is asked here next is about something else
    return true;
  }

  private void refuse(IncomingMessage message, String why) {
    answering
        .notices()
        .refuse(message.place().id(), Optional.of(message.messageId()), why, List.of());
  }

  private Wording wording(IncomingMessage message, boolean known) {
    return Wording.of(message, known, texts(message));
  }

  /** Whether a message became a question once. */
  public boolean wasAnswered(IncomingMessage message) {
    return platformMessages.find(message.place().id(), message.messageId()).isPresent();
  }

  /**
   * Takes the new text of a message and answers it in place of the old one. Bots are answered once:
   * many write by edits.
   */
  public void edited(IncomingMessage message) {
    if (message.author().bot()) {
      return;
    }
    Optional<Message> old =
        platformMessages
            .find(message.place().id(), message.messageId())
            .flatMap(tree::find)
            .filter(found -> found.role() == Role.USER)
            .filter(
                found ->
                    found
                        .author()
                        .map(Message.Author::id)
                        .equals(Optional.of(message.author().id())));
    if (old.isEmpty()) {
      return; // never answered
    }
    meet(message.author(), message.place());
    Wording wording = wording(message, position(message) instanceof Position.After);
    if (wording.text().isEmpty() || wording.text().equals(old.get().text()) || refused(message)) {
      return; // nothing changed: platforms also report previews and reactions
    }
    Optional<Notes> moderated = moderated(message, wording);
    if (moderated.isEmpty()) {
      return;
    }
    answering.stopAnswersTo(old.get().id());
    Owner owner = conversations.find(old.get().conversation()).orElseThrow().owner();
    ask(message, wording, owner, new Position.InsteadOf(old.get().id()), moderated.get());
  }

  /** What is to be said of a question beside its answer; empty where it is kept back. */
  private Optional<Notes> moderated(IncomingMessage message, Wording wording) {
    PlaceId place = message.place().id();
    Optional<Moderation.Objection> objection =
        moderation.question(message.author().id(), place, wording.text(), texts(message));
    if (objection.isPresent() && objection.get().blocks()) {
      answering
          .notices()
          .refuse(
              place,
              Optional.of(message.messageId()),
              objection.get().says(),
              objection.get().buttons());
      return Optional.empty();
    }
    return Optional.of(objection.map(mark -> Notes.none().after(mark.says())).orElse(Notes.none()));
  }

  /** A message was deleted on its platform: it and its answers leave the context. */
  public void deleted(PlaceId place, String messageId) {
    if (platformMessages.isLaterPart(place, messageId)) { // Parley takes such parts back itself
      platformMessages.forget(place, messageId);
      return;
    }
    platformMessages
        .find(place, messageId)
        .ifPresent(
            id -> {
              answering.stopAnswersTo(tree.questionOf(id));
              tree.deleteExchange(id);
            });
  }

  /** Nothing can be said in a place until somebody says something there. */
  public void closed(PlaceId place) {
    places.close(place);
  }

  /** A place has another id from now on: everything of it moves along. */
  public void moved(PlaceId from, PlaceId to) {
    settings.move(from, to);
    places.move(from, to);
  }

  /** Whose conversation a person's messages in a place belong to. */
  public Owner owner(PersonId person, PlaceId place) {
    return settings.resolve(Setting.SHARED_CONVERSATION, place).value()
        ? Owner.everyoneIn(place)
        : Owner.of(place, person);
  }

  /** Whether people may ask. */
  public Admission admission() {
    return admission;
  }

  /** Remembers person and place as the platform describes them now. */
  public void meet(Person person, Place place) {
    people.meet(person);
    places.visit(place);
  }

  /** Remembers a place that others lie in. */
  public void visit(Place around) {
    places.visit(around);
  }

  /** Whether somebody wants an answer to it. */
  public boolean isForParley(IncomingMessage message) {
    if (message.place().kind() == Place.Kind.PRIVATE) {
      return true;
    }
    return switch (settings.resolve(Setting.ANSWER_MODE, known(message.place())).value()) {
      case NOTHING -> false;
      case ALL -> true;
      case MENTIONED -> message.addressed() || isInOwnThread(message);
    };
  }

  private boolean isInOwnThread(IncomingMessage message) {
    return message.place().kind() == Place.Kind.THREAD
        && threads.answers(owner(message.author().id(), message.place().id()));
  }

  /** The place itself, or what it lies in, where nobody spoke to Parley there so far. */
  public PlaceId known(Place place) {
    return places.find(place.id()).isPresent() ? place.id() : place.parent().orElse(place.id());
  }

  /** Before anything else is done, so that a refusal changes nothing. */
  private boolean refused(IncomingMessage message) {
    return !admission.take(
        message.author(),
        message.place().id(),
        texts(message),
        why -> {
          if (!message.author().bot()) { // it would answer
            refuse(message, why);
          }
        });
  }

  private boolean refusedAloud(IncomingMessage message) {
    Optional<String> refusal =
        admission.refusal(message.author(), message.place().id(), texts(message));
    refusal.ifPresent(why -> refuse(message, why));
    return refusal.isPresent();
  }

  private Texts texts(IncomingMessage message) {
    return languages.of(message.author().id(), message.place().id());
  }

  private void ask(
      IncomingMessage message, Wording wording, Owner owner, Position position, Notes notes) {
    PersonId person = message.author().id();
    PlaceId place = owner.place();
    Texts texts = languages.of(person, place);
    NewQuestion question =
        new NewQuestion(
            message.eventId(),
            owner,
            message.place().id(),
            new Message.Author(person, message.author().name()),
            Optional.of(message.messageId()),
            wording.text(),
            position);
    Notes around = notes.alsoBefore(wording.complaints());
    answering.start(
        message.author(),
        () -> replies.accept(question),
        () -> aboutBots(aboutLanguage(introduced(around, place, texts), message, texts), message));
  }

  /** Before bots are not answered any more it is said. */
  private Notes aboutBots(Notes notes, IncomingMessage message) {
    if (!message.author().bot()) {
      botTurns.person(message.place().id());
      return notes;
    }
    return botTurns.isLast(message.place().id())
        ? notes.after(texts(message).say("answer.bots", BotTurns.MOST))
        : notes;
  }

  /** The first answer in a place says that answers can be wrong. */
  private Notes introduced(Notes notes, PlaceId place, Texts texts) {
    return places.introduce(place) ? notes.after(texts.say("answer.honesty")) : notes;
  }

  /** Once in a place its admins are told that the model is weak in the language asked in. */
  private Notes aboutLanguage(Notes notes, IncomingMessage message, Texts texts) {
    return message.author().placeAdmin()
            && Chinese.is(message.text())
            && !answering.speaks("zh")
            && places.noteLanguage(message.place().id())
        ? notes.after(texts.say("answer.weak-chinese"))
        : notes;
  }

  /** A reply to one of Parley's messages continues from there, whoever it was for. */
  private Position position(IncomingMessage message) {
    return message
        .replyTo()
        .flatMap(id -> platformMessages.find(message.place().id(), id))
        .flatMap(tree::find)
        .filter(found -> found.role() == Role.ASSISTANT && !found.deleted())
        .<Position>map(answer -> new Position.After(answer.id()))
        .orElseGet(Position.AtTheEnd::new);
  }

  private boolean startAnewIfIdle(Owner owner) {
    Instant idleSince = clock.instant().minus(profile.idleAfter());
    Optional<Conversation> idle =
        conversations
            .current(owner)
            .filter(
                current -> current.activeLeaf().isPresent() && current.usedAt().isBefore(idleSince))
            // whoever still waits for an answer has not left, and its order holds in one alone
            .filter(current -> !answering.isUnderwayIn(current.id()));
    idle.ifPresent(current -> conversations.startNew(owner));
    return idle.isPresent();
  }
}
