package dev.parley.command;

import dev.parley.chat.Answering;
import dev.parley.chat.Waiting;
import dev.parley.platform.CommandDefinition;
import dev.parley.platform.Response;
import java.util.List;
import java.util.Map;

/** {@code /queue}: where one's questions stand, and the way out. */
final class QueueCommand implements Command {
  private final Answering answering;

  QueueCommand(Answering answering) {
    this.answering = answering;
  }

  @Override
  public CommandDefinition definition() {
    return CommandDefinition.of("queue");
  }

  @Override
  public Response run(Asker asker, Map<String, String> options) {
    List<Waiting> waiting = answering.waiting(asker.person().id());
    if (waiting.isEmpty()) {
      return asker.say("queue.empty");
    }
    StringBuilder text = new StringBuilder();
    for (Waiting one : waiting) {
      text.append(text.isEmpty() ? "" : "\n").append(one.line(asker.texts()));
    }
    return Response.of(text.toString())
        .withButtons(
            List.of(
                waiting.stream()
                    .map(one -> asker.button("button.cancel", "stop", one.reply().value()))
                    .toList()));
  }
}
