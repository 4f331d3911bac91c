package dev.parley.command;

import dev.parley.conversation.ConversationStore;
import dev.parley.platform.CommandDefinition;
import dev.parley.platform.Response;
import java.util.Map;

/** {@code /new}: starts afresh; the old conversation stays. */
final class NewCommand implements Command {
  private final ConversationStore conversations;

  NewCommand(ConversationStore conversations) {
    this.conversations = conversations;
  }

  @Override
  public CommandDefinition definition() {
    return CommandDefinition.of("new");
  }

  @Override
  public Response run(Asker asker, Map<String, String> options) {
    conversations.startNew(asker.owner());
    return asker.say("new.started");
  }
}
