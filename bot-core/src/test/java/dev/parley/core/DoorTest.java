package dev.parley.core;

import static dev.parley.core.BotAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.person.Door;
import dev.parley.platform.Response;
import dev.parley.storage.Stores;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom the operator lets in. */
class DoorTest {
  private static final String CLOSED =
      "I answer only those whom my operator lets in. To be one of them, tell my operator that you"
          + " are `telegram:9`.";

  @TempDir Path folder;
  private Bot bot;

  @BeforeEach
  void start() {
    bot = Bot.in(folder);
  }

  @AfterEach
  void stop() {
    bot.close();
  }

  @Test
  void withoutListsEverybodyIsAnswered() throws InterruptedException {
    Speaker ada = bot.ada();

    ada.asks("Why tides?");

    assertThat(bot).showsLast(ada, "Answer to Why tides?");
  }

  @Test
  void whoIsNotListedReadsOnceInPrivateHowTheyWouldBeNamed() throws InterruptedException {
    restartWith(new Door(Bot.OPERATORS, false, Set.of(Stores.ADA), Set.of()));
    Speaker stranger = bot.somebody("9", Locale.ENGLISH);
    stranger.asks("Why tides?");
    stranger.asks("Hello?");

    assertThat(bot).shows(stranger, CLOSED);
    assertThat(stranger.pressesId("history:page:1")).says(CLOSED);
    assertThat(stranger.gives("help")).says("");
    assertThat(bot.stores.people.find(stranger.person().id())).isEmpty();
    assertThat(bot.stores.places.find(stranger.place().id())).isEmpty();
    Speaker ada = bot.ada();
    ada.asks("Why tides?");
    assertThat(bot).showsLast(ada, "Answer to Why tides?");
  }

  @Test
  void whoIsNotLetInAnyMoreStillHasWhatIsKeptOfThem() throws InterruptedException {
    bot.ada().asks("Why walruses?");
    restartWith(new Door(Bot.OPERATORS, true, Set.of(), Set.of()));
    Speaker ada = bot.ada();

    ada.asks("Why tides?");
    assertThat(bot.platform.in(Stores.PRIVATE).getLast().text())
        .contains("`telegram:1`", "/privacy in our private chat still");
    assertThat(ada.gives("history")).says("");
    assertThat(bot.adaInGroup().gives("privacy")).says("");

    ada.presses(ada.presses(ada.gives("privacy"), "Keep for … days"), "for 30 days");
    assertThat(ada.gives("privacy")).mentions("after 30 days");
    assertThat(ada.pressesId("preferences:length").text()).contains("only those whom");

    Response sure = ada.presses(ada.gives("privacy"), "Delete everything");
    assertThat(ada.presses(sure, "Delete everything")).mentions("Done: 2 messages");

    assertThat(ada.gives("privacy")).says("");
    assertThat(ada.pressesId("privacy:export").text()).endsWith("you are `telegram:1`.");
    assertThat(bot.stores.people.find(ada.person().id()).orElseThrow().isForgotten()).isTrue();
  }

  @Test
  void inGroupsWhoIsNotListedIsMetBySilence() throws InterruptedException {
    restartWith(new Door(Bot.OPERATORS, false, Set.of(Stores.ADA), Set.of()));
    Speaker bob = bot.bobInGroup();
    bob.asks("為什麼？");
    assertThat(bot).shows(bob);

    bot.adaInGroup().asks("Why tides?");
    assertThat(bot.platform.in(Stores.GROUP).getLast().text()).startsWith("Answer to Why tides?");
  }

  @Test
  void inAListedPlaceAndWhatLiesInItEverybodyIsAnswered() throws InterruptedException {
    restartWith(new Door(Bot.OPERATORS, false, Set.of(), Set.of(Stores.SERVER)));
    Speaker bob = bot.bobInGroup();
    bob.asks("Why?");
    assertThat(bot.platform.in(Stores.GROUP).getLast().text()).startsWith("Answer to Why?");

    Speaker stranger = bot.somebody("9", Locale.TAIWAN);
    stranger.asks("Why?");
    assertThat(bot).shows(stranger, "我只回答營運者允許的人。想加入的話，請告訴營運者你是 `telegram:9`。");
  }

  @Test
  void whileItIsForOperatorsOnlyNobodyElseIsAnsweredWhateverIsListed() throws InterruptedException {
    restartWith(new Door(Bot.OPERATORS, true, Set.of(Stores.ADA), Set.of(Stores.SERVER)));
    bot.cleoInGroup().asks("Why?");
    bot.adaInGroup().asks("Why?");
    assertThat(bot.platform.in(Stores.GROUP)).isEmpty();

    Speaker olga = bot.olga();
    olga.asks("Why tides?");
    assertThat(bot).showsLast(olga, "Answer to Why tides?");
  }

  private void restartWith(Door door) {
    bot.close();
    bot = Bot.in(folder, Bot.Setup.USUAL.withDoor(door));
  }
}
