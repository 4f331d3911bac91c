package dev.parley.command;

import dev.parley.chat.Admission;
import dev.parley.chat.Answering;
import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationStore;
import dev.parley.conversation.Message;
import dev.parley.conversation.MessageId;
import dev.parley.conversation.MessageTree;
import dev.parley.model.FinishReason;
import dev.parley.platform.CommandDefinition;
import dev.parley.platform.Response;
import dev.parley.reply.ReplyStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code /continue}: goes on where an answer ended at the length limit. */
final class ContinueCommand implements Command {
  private final ConversationStore conversations;
  private final MessageTree tree;
  private final ReplyStore replies;
  private final Answering answering;
  private final Admission admission;
  private final NotYours notYours;

  ContinueCommand(
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
    return CommandDefinition.of("continue");
  }

  @Override
  public Response run(Asker asker, Map<String, String> options) {
    return conversations
        .current(asker.owner())
        .flatMap(Conversation::activeLeaf)
        .flatMap(tree::find)
        .map(answer -> goOn(asker, answer))
        .orElseGet(() -> asker.say("continue.nothing"));
  }

  @Override
  public Response press(Asker asker, List<String> words) {
    OptionalLong id = Words.number(words, 0);
    if (id.isEmpty()) {
      return asker.say("button.old");
    }
    MessageId pressed = new MessageId(id.getAsLong());
    return tree.find(asker.owner(), pressed)
        .map(answer -> goOn(asker, answer))
        .orElseGet(() -> notYours.answer(asker, pressed));
  }

  private Response goOn(Asker asker, Message answer) {
    boolean cutShort =
        answer.generation().map(g -> g.finishReason() == FinishReason.LENGTH).orElse(false);
    if (!cutShort) {
      return asker.say("continue.nothing");
    }
    Optional<String> refusal = admission.refusal(asker.person(), asker.place().id(), asker.texts());
    if (refusal.isPresent()) {
      return Response.of(refusal.get());
    }
    return answering.startIfFree(
            asker.person(),
            answer.parent().orElseThrow(),
            () -> replies.continueAnswer(answer.id(), asker.person().id(), asker.place().id()))
        ? Response.nothing()
        : asker.say("queue.running");
  }
}
