package dev.parley.command;

import dev.parley.chat.Admission;
import dev.parley.chat.Answering;
import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationStore;
import dev.parley.conversation.Message;
import dev.parley.conversation.MessageId;
import dev.parley.conversation.MessageTree;
import dev.parley.model.Role;
import dev.parley.platform.CommandDefinition;
import dev.parley.platform.Response;
import dev.parley.reply.ReplyStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code /regenerate}, ↻ and ‹ ›: another answer to the same question, and the way between them.
 */
final class RegenerateCommand implements Command {
  private final ConversationStore conversations;
  private final MessageTree tree;
  private final ReplyStore replies;
  private final Answering answering;
  private final Admission admission;
  private final NotYours notYours;

  RegenerateCommand(
      ConversationStore conversations,
      MessageTree tree,
      ReplyStore replies,
      Answering answering,
      Admission admission,
      NotYours notYours) {
    this.conversations = conversations;
    this.tree = tree;
    this.replies = replies;
    this.answering = answering;
    this.admission = admission;
    this.notYours = notYours;
  }

  @Override
  public CommandDefinition definition() {
    return CommandDefinition.of("regenerate");
  }

  @Override
  public Response run(Asker asker, Map<String, String> options) {
    return conversations
        .current(asker.owner())
        .flatMap(Conversation::activeLeaf)
        .flatMap(tree::find)
        .map(answer -> again(asker, answer))
        .orElseGet(() -> asker.say("regenerate.nothing"));
  }

  @Override
  public Response press(Asker asker, List<String> words) {
    OptionalLong id = Words.number(words, 1);
    if (id.isEmpty()) {
      return asker.say("button.old");
    }
    MessageId pressed = new MessageId(id.getAsLong());
    Optional<Message> answer = tree.find(asker.owner(), pressed);
    if (answer.isEmpty()) {
      return notYours.answer(asker, pressed);
    }
    return switch (Words.get(words, 0)) {
      case "again" -> again(asker, answer.get());
      case "show" -> show(asker, answer.get());
      default -> asker.say("button.old");
    };
  }

  private Response again(Asker asker, Message answer) {
    boolean asked =
        answer.role() == Role.ASSISTANT
            && answer.parent().flatMap(tree::find).filter(q -> !q.deleted()).isPresent();
    if (!asked) {
      return asker.say("regenerate.nothing");
    }
    Optional<String> refusal = admission.refusal(asker.person(), asker.place().id(), asker.texts());
    if (refusal.isPresent()) {
      return Response.of(refusal.get());
    }
    return answering.startIfFree(
            asker.person(),
            answer.parent().orElseThrow(),
            () -> replies.regenerate(answer.id(), asker.person().id(), asker.place().id()))
        ? Response.nothing()
        : asker.say("queue.running");
  }

  private Response show(Asker asker, Message answer) {
    if (answer.role() != Role.ASSISTANT || answer.deleted()) {
      return asker.say("button.old");
    }
    return !answer.text().isEmpty()
            && answering.show(answer, asker.person().id(), asker.place().id())
        ? Response.nothing()
        : asker.say("queue.running");
  }
}
