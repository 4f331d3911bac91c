package dev.parley.chat;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationStore;
import dev.parley.conversation.Message;
import dev.parley.conversation.MessageTree;
import dev.parley.conversation.Owner;
import dev.parley.conversation.PlatformMessages;
import dev.parley.model.Role;
import dev.parley.person.People;
import dev.parley.platform.PersonId;
import dev.parley.platform.Reaction;
import dev.parley.rating.RatingStore;
import java.util.Optional;

/**
 * Reactions to answers count as ratings of those whom the answers are for; all others leave no
 * trace. Thread-safe.
 */
public final class Reactions {
  private final PlatformMessages platformMessages;
  private final MessageTree tree;
  private final ConversationStore conversations;
  private final People people;
  private final RatingStore ratings;

  public Reactions(
      PlatformMessages platformMessages,
      MessageTree tree,
      ConversationStore conversations,
      People people,
      RatingStore ratings) {
    this.platformMessages = platformMessages;
    this.tree = tree;
    this.conversations = conversations;
    this.people = people;
    this.ratings = ratings;
  }

  /** Takes what somebody's reactions to a message say now. */
  public void take(Reaction reaction) {
    PersonId person = reaction.person().id();
    platformMessages
        .findWithin(reaction.place(), reaction.messageId())
        .flatMap(tree::find)
        .filter(message -> message.role() == Role.ASSISTANT && !message.deleted())
        .filter(answer -> isFor(person, answer))
        .ifPresent(
            answer -> {
              people.meet(reaction.person());
              ratings.react(answer.id(), person, reaction.thumb());
            });
  }

  private boolean isFor(PersonId person, Message answer) {
    Optional<Owner> owner = conversations.find(answer.conversation()).map(Conversation::owner);
    return owner.isPresent() && owner.get().person().map(person::equals).orElse(true);
  }
}
