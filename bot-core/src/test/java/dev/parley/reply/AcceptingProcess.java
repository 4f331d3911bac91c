package dev.parley.reply;

import static dev.parley.storage.Stores.ADA;
import static dev.parley.storage.Stores.adaInPrivate;
import static dev.parley.storage.Stores.author;
import static dev.parley.storage.Stores.result;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.parley.conversation.Position;
import dev.parley.model.FinishReason;
import dev.parley.storage.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * A process to be killed: accepts questions, answers every second one, and says on standard output
 * what is done. It waits for a line on standard input before it opens the database, so that the
 * next process can be warm when the one before it dies.
 */
final class AcceptingProcess {
  private AcceptingProcess() {}

  /**
   * Works until it is killed.
   *
   * @param arguments the database's folder, and a name that makes its events unique
   */
  public static void main(String[] arguments) throws IOException {
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
    Path folder = Path.of(arguments[0]);
    warmUp(folder.resolve("warm-" + arguments[1]));
    if (System.in.read() < 0) {
      return;
    }
    try (Stores stores = Stores.open(folder)) {
      for (int i = 0; ; i++) {
        accept(stores, arguments[1] + "-" + i, i % 2 == 0);
      }
    }
  }

  private static void warmUp(Path folder) {
    try (Stores stores = Stores.open(folder)) {
      accept(stores, "warm", true);
    }
  }

  private static void accept(Stores stores, String event, boolean answer) {
    NewQuestion question =
        new NewQuestion(
            event,
            adaInPrivate(),
            adaInPrivate().place(),
            author(ADA),
            Optional.of(event),
            "question " + event,
            new Position.AtTheEnd());
    Reply reply = stores.replies.accept(question).orElseThrow();
    say("accepted " + event + ".");
    if (answer) {
      String text = "answer " + event;
      stores.replies.generating(reply.id());
      stores.replies.generated(reply.id(), text, "tiny-1", result(text, FinishReason.END));
      stores.replies.posted(reply.id(), 0, "p-" + event);
      stores.replies.delivered(reply.id());
      say("delivered " + event + ".");
    }
  }

  @SuppressWarnings("SystemOut") // how the parent process hears of it
  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
