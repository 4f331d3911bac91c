package dev.parley.command;

import dev.parley.language.Texts;
import dev.parley.platform.Response;
import dev.parley.queue.GenerationQueue;
import dev.parley.queue.QueueState;
import dev.parley.queue.QueueState.Counts;
import java.util.ArrayList;
import java.util.List;

/** Shows what runs and waits, by counts: whose it is and what they ask is not said. */
final class OperatorQueue implements OperatorTool {
  static final String NAME = "queue";

  private final GenerationQueue queue;

  OperatorQueue(GenerationQueue queue) {
    this.queue = queue;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Response use(Asker asker, String wanted) {
    return Response.of(text(queue.state(), asker.texts()))
        .withButtons(
            List.of(
                List.of(
                    asker.button("operator.button.refresh", OperatorCommand.NAME, NAME),
                    asker.button("button.back", OperatorCommand.NAME))));
  }

  private static String text(QueueState now, Texts texts) {
    if (now.isEmpty()) {
      return texts.say("operator.queue.empty");
    }
    List<String> lines = new ArrayList<>();
    now.answers()
        .forEach(
            (platform, counts) -> lines.add(line(texts, "operator.queue.on", platform, counts)));
    if (now.background().running() + now.background().waiting() > 0) {
      lines.add(line(texts, "operator.queue.background", "", now.background()));
    }
    now.oldest()
        .ifPresent(
            since ->
                lines.add(texts.say("operator.queue.oldest", TrainingText.time(texts, since))));
    now.last()
        .ifPresent(
            until -> lines.add(texts.say("operator.queue.last", TrainingText.time(texts, until))));
    return String.join("\n", lines);
  }

  private static String line(Texts texts, String key, String platform, Counts counts) {
    return texts.say(key, counts.running(), counts.waiting(), platform);
  }
}
