package dev.parley.discord;

import dev.parley.core.RunningCore;
import dev.parley.core.WordModel;
import dev.parley.queue.QueueLimits;
import dev.parley.storage.Database;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the adapter and the core add to a message, and what a thousand members of five servers cost.
 * Prints figures, asserts none, and runs only where it is named: CONTRIBUTING.md has the command.
 */
class MeasureDiscord {
  private static final long FIRST_SERVER = 600_000_000_000_000_000L;
  private static final int SERVERS = 5;
  private static final int MEMBERS = 200;
  private static final int WARM_UP = 1;
  private static final int ROUNDS = 2;

  @TempDir Path folder;

  @Test
  void measure() throws Exception {
    try (DiscordServer server = new DiscordServer();
        Database database = Database.open(folder.resolve("parley.db"))) {
      server.buckets().window(0.001); // what Discord's pace costs is not what is measured
      List<Guest> people = new ArrayList<>();
      for (int i = 0; i < SERVERS; i++) {
        long guild = FIRST_SERVER + i * 10_000L;
        server.addGuild(guild, "Server " + i);
        for (int j = 0; j < MEMBERS; j++) {
          int number = 1_000 + people.size();
          people.add(Guest.inPrivate(server, number, "Person " + number, "en-US").in(guild + 1));
        }
      }
      long before = heap();
      int threads = ManagementFactory.getThreadMXBean().getThreadCount();
      try (DiscordPlatform platform =
              DiscordPlatform.connect(
                  server.options(), database, InstantSource.system(), Duration.ofSeconds(10));
          RunningCore _ =
              RunningCore.start(database, new WordModel(), QueueLimits.DEFAULT, platform)) {
        server.until("a session", () -> server.gateway().identified() > 0, () -> "none");
        List<Double> millis = ask(server, people);
        System.out.printf(
            "%n%d messages of %d members in %d servers, from Discord's event to the first words of"
                + " the answer: median %.1f ms, p99 %.1f ms; with the bot %d more platform threads"
                + " and %d MB more heap, what the test's server keeps included%n",
            millis.size(),
            people.size(),
            SERVERS,
            millis.get(millis.size() / 2),
            millis.get(millis.size() * 99 / 100),
            ManagementFactory.getThreadMXBean().getThreadCount() - threads,
            (heap() - before) >> 20);
      }
    }
  }

  private static List<Double> ask(DiscordServer server, List<Guest> people) throws Exception {
    List<Double> millis = new ArrayList<>();
    for (int round = 0; round < WARM_UP + ROUNDS; round++) {
      for (Guest person : people) {
        String text = "Question " + round + " of " + person.name();
        long start = System.nanoTime();
        person.mentions(text);
        while (!isBegun(server, person, text)) {
          Thread.sleep(1);
        }
        if (round >= WARM_UP) {
          millis.add((System.nanoTime() - start) / 1e6);
        }
      }
    }
    millis.sort(null);
    return millis;
  }

  /** The rest comes at the pace that Discord allows edits. */
  private static boolean isBegun(DiscordServer server, Guest person, String text) {
    return server
        .last(person.channel())
        .filter(last -> last.from() == World.BOT && last.text().contains(text))
        .isPresent();
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
