package dev.parley.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.core.Questions;
import dev.parley.core.RunningCore;
import dev.parley.discord.DiscordSide;
import dev.parley.platform.PlaceId;
import dev.parley.platform.Platform;
import dev.parley.storage.Database;
import dev.parley.telegram.TelegramSide;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten thousand messages of people who are numbered the same on both platforms, in private chats,
 * groups and threads: questions, replies to whatever the bot said, edits, new conversations. No
 * prompt ever holds a text that its reader could not see.
 */
class IsolationTest {
  private static final int MESSAGES = 10_000;
  private static final int PEOPLE = 25;
  private static final int AT_ONCE = 500;
  private static final long SEED = 20_261_126;
  private static final Duration LONGEST = Duration.ofMinutes(5);

  @TempDir Path folder;

  private final Random random = new Random(SEED);
  private final Map<String, Long> last = new HashMap<>();

  @Test
  void nothingMixes() throws Exception {
    Witness witness = new Witness();
    try (TelegramSide telegram = new TelegramSide();
        DiscordSide discord = new DiscordSide();
        Database database = Database.open(folder.resolve("parley.db"));
        Platform onTelegram = telegram.connect(database);
        Platform onDiscord = discord.connect(database);
        RunningCore core =
            RunningCore.start(database, witness.model(), Questions.LIMITS, onTelegram, onDiscord)) {
      await().atMost(LONGEST).until(discord::isConnected);
      discord.addGroups();
      share(database, TelegramSide.place(Side.SHARED));
      share(database, DiscordSide.place(Side.SHARED));
      for (int i = 0; i < MESSAGES; i++) {
        act(random.nextBoolean() ? telegram : discord);
        if (i % AT_ONCE == AT_ONCE - 1) {
          await().atMost(LONGEST).until(() -> core.assembly().answering().idle());
        }
      }
      await().atMost(LONGEST).until(() -> core.assembly().answering().idle());
      assertThat(telegram.wrongCalls()).isEmpty();
      assertThat(discord.wrongCalls()).isEmpty();
    }
    assertThat(witness.leaks()).isEmpty();
    assertThat(witness.prompts()).isGreaterThan(MESSAGES * 3 / 4);
    assertThat(witness.earlier()).isGreaterThan(MESSAGES);
  }

  /** As an admin would, before anybody speaks there. */
  private static void share(Database database, PlaceId place) {
    database.update(
        handle ->
            handle.execute(
                "INSERT INTO setting (scope, platform, id, key, value)"
                    + " VALUES ('place', ?, ?, 'shared-conversation', 'on')",
                place.platform(),
                place.id()));
  }

  private void act(Side side) {
    int person = 1 + random.nextInt(PEOPLE);
    int place = random.nextBoolean() ? Side.PRIVATE : 1 + random.nextInt(Side.GROUPS);
    boolean replying = person % 2 == 0;
    String where = side.getClass().getSimpleName() + (place == Side.PRIVATE ? "P" + person : place);
    String who = "p" + person;
    String text = "Message " + Witness.mark(where, who, replying || side.isShared(place));
    String key = where + who;
    switch (random.nextInt(10)) {
      case 0 -> side.beginsAnew(person, place);
      case 1 -> {
        if (last.containsKey(key)) {
          side.edits(person, place, last.get(key), random.nextInt(1_000) + " " + text);
        }
      }
      case 2, 3, 4 -> {
        if (!replying || !side.replies(person, place, random.nextInt(1_000), text)) {
          last.put(key, side.asks(person, place, text));
        }
      }
      default -> last.put(key, side.asks(person, place, text));
    }
  }
}
