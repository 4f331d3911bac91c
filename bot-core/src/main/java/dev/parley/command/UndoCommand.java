package dev.parley.command;

import dev.parley.chat.Answering;
import dev.parley.conversation.ConversationStore;
import dev.parley.conversation.Exchange;
import dev.parley.conversation.MessageTree;
import dev.parley.format.Markdown;
import dev.parley.language.Excerpt;
import dev.parley.platform.CommandDefinition;
import dev.parley.platform.Response;
import java.util.Map;
import java.util.Optional;

/** {@code /undo}: takes the last exchange back. */
final class UndoCommand implements Command {
  private static final int EXCERPT = 60;

  private final ConversationStore conversations;
  private final MessageTree tree;
  private final Answering answering;

  UndoCommand(ConversationStore conversations, MessageTree tree, Answering answering) {
    this.conversations = conversations;
    this.tree = tree;
    this.answering = answering;
  }

  @Override
  public CommandDefinition definition() {
    return CommandDefinition.of("undo");
  }

  @Override
  public Response run(Asker asker, Map<String, String> options) {
    answering.stop(asker.owner(), asker.person().id());
    Optional<Exchange> undone =
        conversations.current(asker.owner()).flatMap(current -> tree.undo(current.id()));
    return undone
        .map(
            exchange ->
                asker.say(
                    "undo.done", Markdown.name(Excerpt.of(exchange.question().text(), EXCERPT))))
        .orElseGet(() -> asker.say("undo.nothing"));
  }
}
