package dev.parley.core;

import static dev.parley.core.BotAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.platform.PlaceId;
import dev.parley.settings.AnswerMode;
import dev.parley.settings.Setting;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Places that move, and places that Parley is thrown out of. */
class PlacesTest {
  @TempDir Path folder;
  private Bot bot;
  private Speaker bob;

  @BeforeEach
  void start() throws InterruptedException {
    bot = Bot.in(folder);
    bob = bot.bobInGroup();
  }

  @AfterEach
  void stop() {
    bot.close();
  }

  @Test
  void nothingIsWrittenForAPlaceThatIsClosed() throws InterruptedException {
    bob.asks("Hello.");
    bot.platform.close(bob.place().id());
    bob.asks("Why tides?");

    assertThat(bot.stores.places.isClosed(bob.place().id())).isTrue();
    await().until(() -> bot.stores.replies.unfinished().isEmpty());
  }

  @Test
  void whateverIsSaidThereOpensItAgain() throws InterruptedException {
    bob.asks("Hello.");
    bot.core.closed(bob.place().id());
    assertThat(bot.stores.places.isClosed(bob.place().id())).isTrue();

    bob.asks("Why tides?");

    assertThat(bot.stores.places.isClosed(bob.place().id())).isFalse();
    assertThat(bot).shows(bob, "Answer to Hello.", "Answer to Why tides?");
  }

  @Test
  void aPlaceThatMovesKeepsConversationsAndSettings() throws InterruptedException {
    bob.asks("Hello.");
    bot.stores.settings.set(bob.place().id(), Setting.ANSWER_MODE, AnswerMode.ALL);
    Speaker there = bob.movedTo(new PlaceId("telegram", "-100777"));

    bot.core.moved(bob.place().id(), there.place().id());
    there.asks("Why tides?");

    assertThat(bot).read("user: Hello.", "assistant: Answer to Hello.", "user: Why tides?");
    assertThat(bot.stores.settings.resolve(Setting.ANSWER_MODE, there.place().id()).value())
        .isEqualTo(AnswerMode.ALL);
    assertThat(bot.stores.places.find(bob.place().id())).isEmpty();
  }

  @Test
  void aPlaceThatMovedUnnoticedIsJoinedAndItsNewConversationGoesOn() throws InterruptedException {
    bob.asks("Hello.");
    Speaker there = bob.movedTo(new PlaceId("telegram", "-100777"));
    there.asks("Why waves?");

    bot.core.moved(bob.place().id(), there.place().id());
    bot.core.moved(bob.place().id(), there.place().id());
    there.asks("Sure?");

    assertThat(bot).read("user: Why waves?", "assistant: Answer to Why waves?", "user: Sure?");
    assertThat(there.gives("history").text()).contains("2 則").contains("4 則");
    assertThat(there.gives("usage").text()).contains("3");
  }

  @Test
  void whoIsBlockedStaysBlocked() throws InterruptedException {
    bob.asks("Hello.");
    bot.stores.blocked.block(bob.place().id(), bob.person().id());
    Speaker there = bob.movedTo(new PlaceId("telegram", "-100777"));
    assertThat(bot.core.hears(there.person(), there.place())).isTrue();

    bot.core.moved(bob.place().id(), there.place().id());

    assertThat(bot.core.hears(there.person(), there.place())).isFalse();
  }

  @Test
  void noOldMessageIsTakenForANewOneOfTheSameNumber() throws InterruptedException {
    String question = bob.asks("Hello.");
    PlaceId there = new PlaceId("telegram", "-100777");

    bot.core.moved(bob.place().id(), there);

    assertThat(bot.stores.platformMessages.find(there, question)).isEmpty();
  }
}
