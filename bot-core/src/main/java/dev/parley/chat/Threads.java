package dev.parley.chat;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationStore;
import dev.parley.conversation.Message;
import dev.parley.conversation.MessageId;
import dev.parley.conversation.MessageTree;
import dev.parley.conversation.Owner;
import dev.parley.conversation.Position;
import dev.parley.model.Role;
import dev.parley.person.Places;
import dev.parley.platform.IncomingMessage;
import dev.parley.platform.PersonId;
import dev.parley.platform.Place;
import dev.parley.platform.Platform;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import dev.parley.settings.ThreadMode;
import java.util.Map;
import java.util.Optional;

/**
 * Side rooms: where a long conversation goes on, and what is answered there without being asked for
 * by name. Thread-safe.
 */
final class Threads {
  /** With its third question a conversation is a long one. */
  private static final int LONG = 2;

  private final Map<String, Platform> platforms;
  private final Settings settings;
  private final Places places;
  private final ConversationStore conversations;
  private final MessageTree tree;

  Threads(
      Map<String, Platform> platforms,
      Settings settings,
      Places places,
      ConversationStore conversations,
      MessageTree tree) {
    this.platforms = Map.copyOf(platforms);
    this.settings = settings;
    this.places = places;
    this.conversations = conversations;
    this.tree = tree;
  }

  /**
   * A thread that was opened for a question.
   *
   * @param place the thread
   * @param position after the last answer of the conversation, which goes on here
   */
  record Opened(Place place, Position position) {}

  /** Whether a thread is one where everything is for Parley that its owner says there. */
  boolean answers(Owner owner) {
    return settings.resolve(Setting.THREADS, owner.place()).value() != ThreadMode.OFF
        && conversations.current(owner).isPresent();
  }

  /** Opens a thread where the question of one person's conversation makes that a long one. */
  Optional<Opened> openFor(IncomingMessage message, Owner owner, Position position) {
    Place place = message.place();
    if (place.kind() != Place.Kind.GROUP
        || owner.person().isEmpty()
        || settings.resolve(Setting.THREADS, place.id()).value() != ThreadMode.OPEN) {
      return Optional.empty();
    }
    return lastAnswer(owner, position)
        .filter(answer -> isLong(answer, message.author().id()))
        .flatMap(
            answer ->
                platform(place)
                    .flatMap(on -> on.openThread(place.id(), message.messageId(), message.text()))
                    .map(thread -> opened(thread, answer)));
  }

  /** Its first answer is not the first one here: what that says was said. */
  private Opened opened(Place thread, MessageId answer) {
    places.visit(thread);
    places.introduce(thread.id());
    return new Opened(thread, new Position.After(answer));
  }

  /** Of the conversation that the person has there now. */
  private Optional<MessageId> lastAnswer(Owner owner, Position position) {
    Optional<Conversation> current = conversations.current(owner);
    Optional<MessageId> answer =
        position instanceof Position.After(MessageId chosen)
            ? Optional.of(chosen)
            : current.flatMap(Conversation::activeLeaf);
    return answer
        .flatMap(tree::find)
        .filter(last -> current.map(Conversation::id).equals(Optional.of(last.conversation())))
        .map(Message::id);
  }

  private boolean isLong(MessageId answer, PersonId person) {
    boolean whole = tree.find(answer).map(last -> !last.text().isEmpty()).orElse(false);
    return whole
        && tree.pathTo(answer).stream()
                .filter(message -> message.role() == Role.USER && !message.deleted())
                .flatMap(message -> message.author().stream())
                .filter(author -> author.id().equals(person))
                .count()
            >= LONG;
  }

  private Optional<Platform> platform(Place place) {
    return Optional.ofNullable(platforms.get(place.id().platform()));
  }
}
