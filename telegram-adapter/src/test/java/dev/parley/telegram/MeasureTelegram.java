package dev.parley.telegram;

import dev.parley.core.WordModel;
import dev.parley.queue.QueueLimits;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the adapter and the core add to a message, and what 100 chats cost. Prints figures, asserts
 * none, and runs only where it is named: CONTRIBUTING.md has the command.
 */
class MeasureTelegram {
  private static final int CHATS = 100;
  private static final int WARM_UP = 5;
  private static final int ROUNDS = 10;

  @TempDir Path folder;

  @Test
  void measure() throws Exception {
    FastTime time = new FastTime();
    try (BotApiServer server = new BotApiServer(time);
        RunningBot _ =
            RunningBot.start(
                server.options(), folder, new WordModel(), QueueLimits.DEFAULT, time.timing())) {
      List<Double> millis = new ArrayList<>();
      for (int round = 0; round < WARM_UP + ROUNDS; round++) {
        for (int person = 1; person <= CHATS; person++) {
          int answers = round + 1;
          Member member = new Member(server, person, "Person " + person, "en", person);
          long start = System.nanoTime();
          member.says("Question " + round);
          while (answers(server, person) < answers) {
            Thread.sleep(1);
          }
          if (round >= WARM_UP) {
            millis.add((System.nanoTime() - start) / 1e6);
          }
        }
      }
      millis.sort(null);
      System.gc();
      long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      System.out.printf(
          "%n%d messages in %d chats, from Telegram's update to its message: median %.1f ms,"
              + " p99 %.1f ms; %d platform threads, %d MB of heap with the server of the test%n",
          millis.size(),
          CHATS,
          millis.get(millis.size() / 2),
          millis.get(millis.size() * 99 / 100),
          ManagementFactory.getThreadMXBean().getThreadCount(),
          heap >> 20);
    }
  }

  private static long answers(BotApiServer server, long chat) {
    return server.ofBot(chat).stream().filter(m -> m.buttons().contains("↻")).count();
  }
}
