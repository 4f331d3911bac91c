package dev.parley.conversation;

import static dev.parley.conversation.MessageTree.checkRole;

import dev.parley.model.Role;
import dev.parley.platform.PlaceId;
import java.util.Optional;

/**
 * Where a question goes: a position, looked up and allowed.
 *
 * @param conversation which one, possibly begun for it
 * @param parent what it follows; empty at a root
 */
record Placement(Conversation conversation, Optional<MessageId> parent) {
  static Placement of(
      Position position, Owner owner, ConversationStore conversations, MessageTree tree) {
    return switch (position) {
      case Position.AtTheEnd() -> atTheEnd(owner, conversations);
      case Position.After(MessageId answer) -> after(tree.existing(answer), owner, conversations);
      case Position.InsteadOf(MessageId question) ->
          insteadOf(tree.existing(question), owner, conversations);
    };
  }

  private static Placement atTheEnd(Owner owner, ConversationStore conversations) {
    Conversation conversation =
        conversations.current(owner).orElseGet(() -> conversations.startNew(owner));
    return new Placement(conversation, conversation.activeLeaf());
  }

  private static Placement after(Message answer, Owner owner, ConversationStore conversations) {
    checkRole(answer, Role.ASSISTANT);
    Conversation theirs = conversations.find(answer.conversation()).orElseThrow();
    PlaceId there = theirs.owner().place();
    if (!there.equals(owner.place()) && !conversations.liesIn(owner.place(), there)) {
      throw new IllegalArgumentException("message " + answer.id().value() + " is of another place");
    }
    return new Placement(
        theirs.owner().equals(owner) ? theirs : conversations.startNew(owner),
        Optional.of(answer.id()));
  }

  private static Placement insteadOf(
      Message question, Owner owner, ConversationStore conversations) {
    checkRole(question, Role.USER);
    Conversation conversation =
        conversations
            .find(owner, question.conversation())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "message " + question.id().value() + " is not the owner's to edit"));
    return new Placement(conversation, question.parent());
  }
}
