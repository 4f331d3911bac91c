package dev.parley.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.core.RunningCore;
import dev.parley.discord.DiscordSide;
import dev.parley.platform.Platform;
import dev.parley.queue.QueueLimits;
import dev.parley.storage.Database;
import dev.parley.telegram.TelegramSide;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Discord and Telegram in one process, in front of one slow model. */
class BothPlatformsTest {
  private static final int PEOPLE = 50;
  private static final int QUESTIONS = 4;
  private static final Duration LONGEST = Duration.ofMinutes(3);
  private static final QueueLimits LIMITS = new QueueLimits(1_000, 2, 10_000);

  @TempDir Path folder;

  /** What is done with everything running. */
  private interface Scene {
    void play(TelegramSide telegram, DiscordSide discord, SlowModel model, Database database)
        throws Exception;
  }

  private void play(Duration time, Scene scene) throws Exception {
    SlowModel model = new SlowModel(time);
    try (TelegramSide telegram = new TelegramSide();
        DiscordSide discord = new DiscordSide();
        Database database = Database.open(folder.resolve("parley.db"));
        Platform onTelegram = telegram.connect(database);
        Platform onDiscord = discord.connect(database);
        RunningCore _ = RunningCore.start(database, model, LIMITS, onTelegram, onDiscord)) {
      await().atMost(LONGEST).until(discord::isConnected);
      scene.play(telegram, discord, model, database);
      assertThat(telegram.wrongCalls()).isEmpty();
      assertThat(discord.wrongCalls()).isEmpty();
    }
  }

  private static int questions(Database database) {
    return database.read(
        handle -> handle.createQuery("SELECT count(*) FROM reply").mapTo(Integer.class).one());
  }

  @Test
  void bothHaveTheSameShareAndNothingMixes() throws Exception {
    play(
        Duration.ofMillis(40),
        (telegram, discord, model, database) -> {
          for (int i = 1; i <= QUESTIONS; i++) {
            for (int person = 1; person <= PEOPLE; person++) {
              telegram.says(person, "Telegram " + person + " asks " + i);
              discord.says(person, "Discord " + person + " asks " + i);
            }
          }
          await().atMost(LONGEST).until(() -> questions(database) == 2 * PEOPLE * QUESTIONS);
          model.open();
          await()
              .atMost(LONGEST)
              .untilAsserted(
                  () -> {
                    for (int person = 1; person <= PEOPLE; person++) {
                      assertThat(telegram.answers(person)).hasSize(QUESTIONS);
                      assertThat(discord.answers(person)).hasSize(QUESTIONS);
                    }
                  });
          for (int person = 1; person <= PEOPLE; person++) {
            assertThat(telegram.answers(person)).allMatch(text -> text.contains("Telegram "));
            assertThat(discord.answers(person)).allMatch(text -> text.contains("Discord "));
          }
          List<String> begun = model.begun();
          int half = begun.size() / 2; // when everybody should have had two answers
          long ofDiscord =
              begun.subList(0, half).stream().filter(text -> text.startsWith("Discord")).count();
          assertThat((double) ofDiscord / half).isBetween(0.45, 0.55);
        });
  }

  @Test
  void whoIsNoisyOnOneDelaysNobodyOnTheOtherByMoreThanAnAnswer() throws Exception {
    play(
        Duration.ofMillis(200),
        (telegram, discord, model, database) -> {
          model.open();
          IntStream.rangeClosed(1, PEOPLE).forEach(i -> telegram.says(1, "Noise " + i));
          await().atMost(LONGEST).until(() -> model.begun().size() > 2);
          int before = model.begun().size();
          discord.says(1, "A quiet question");
          await().atMost(LONGEST).until(() -> model.begun().contains("A quiet question"));
          int after = model.begun().indexOf("A quiet question");

          // those that began while it was on its way, and one that was about to begin
          assertThat(after - before).isLessThanOrEqualTo(SlowModel.SLOTS + 1);
        });
  }
}
