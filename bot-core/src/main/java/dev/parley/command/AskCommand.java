package dev.parley.command;

import dev.parley.chat.Chat;
import dev.parley.platform.CommandDefinition;
import dev.parley.platform.IncomingMessage;
import dev.parley.platform.Response;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /ask}: a question, where plain messages are not for Parley. */
final class AskCommand implements Command {
  private static final String QUESTION = "question";

  private final Chat chat;
  private final InstantSource clock;

  AskCommand(Chat chat, InstantSource clock) {
    this.chat = chat;
    this.clock = clock;
  }

  @Override
  public CommandDefinition definition() {
    return CommandDefinition.of("ask", CommandDefinition.Option.required(QUESTION));
  }

  @Override
  public Response run(Asker asker, Map<String, String> options) {
    String question = options.getOrDefault(QUESTION, "").strip();
    return question.isEmpty() ? asker.say("ask.empty") : ask(asker, question);
  }

  @Override
  public Response press(Asker asker, List<String> words) {
    String question = Examples.question(asker, Words.get(words, 0));
    return question.isEmpty() ? asker.say("button.old") : ask(asker, question);
  }

  private Response ask(Asker asker, String question) {
    chat.command(
        new IncomingMessage(
            asker.eventId(),
            asker.place(),
            asker.person(),
            asker.eventId(),
            question,
            Optional.empty(),
            true,
            List.of(),
            List.of(),
            clock.instant()));
    return Response.nothing();
  }
}
