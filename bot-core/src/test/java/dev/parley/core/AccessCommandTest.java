package dev.parley.core;

import static dev.parley.core.BotAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.Person;
import dev.parley.platform.PersonId;
import dev.parley.platform.Place;
import dev.parley.platform.PlaceId;
import dev.parley.platform.Response;
import dev.parley.storage.Stores;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessCommandTest {
  private static final Map<String, String> BLOCK = Map.of("action", "block");
  private static final Map<String, String> UNBLOCK = Map.of("action", "unblock");

  @TempDir Path folder;
  private Bot bot;
  private Speaker cleo;
  private Speaker bob;

  @BeforeEach
  void start() throws InterruptedException {
    bot = Bot.in(folder);
    cleo = bot.cleoInGroup();
    bob = bot.bobInGroup();
  }

  @AfterEach
  void stop() {
    bot.close();
  }

  @Test
  void whoIsBlockedGetsNoAnswerByAnyWay() throws InterruptedException {
    String question = bob.asks("Why tides?");
    Response instructions = bob.presses(bob.gives("instructions"), "修改第一項");
    int shown = bot.platform.everythingIn(Stores.GROUP).size();

    assertThat(cleo.givesAbout(bob.person(), "access", BLOCK))
        .mentions("I don't answer Bob here any more.", "Bob (2)");

    bob.asks("Why waves?");
    bob.edits(question, "Why wind?");
    assertThat(bob.gives("ask", "question", "Why rain?")).isEqualTo(Response.nothing());
    assertThat(bob.gives("help")).isEqualTo(Response.nothing());
    assertThat(bob.fillsIn(instructions, "I sail.")).isEqualTo(Response.nothing());
    assertThat(bob.presses("↻")).says("這裡的管理員決定讓我不回答你。").offers();
    assertThat(bot.core.hears(bob.person(), bob.place())).isFalse();
    assertThat(bot.platform.everythingIn(Stores.GROUP)).hasSize(shown);
    assertThat(bot.stores.instructions.of(Stores.BOB).about()).isEmpty();

    assertThat(cleo.givesAbout(bob.person(), "access", UNBLOCK)).mentions("I answer Bob again.");
    bob.asks("Why snow?");
    assertThat(bot).showsLast(bob, "Answer to Why snow?");
  }

  @Test
  void othersAreStillAnsweredAndSoIsTheBlockedPersonElsewhere() throws InterruptedException {
    cleo.givesAbout(bob.person(), "access", BLOCK);
    Place elsewhere =
        new Place(new PlaceId("telegram", "-200"), Place.Kind.GROUP, Optional.empty(), "Moons");

    bot.adaInGroup().asks("Why tides?");
    assertThat(bot).showsLast(cleo, "Answer to Why tides?");
    Speaker there = bob.in(elsewhere);
    there.gives("start");
    there.asks("Why moons?");
    assertThat(bot).showsLast(there, "Answer to Why moons?");
  }

  @Test
  void peopleWhoAskedLatelyAreChosenByButtons() throws InterruptedException {
    assertThat(cleo.presses(cleo.gives("access"), "Block somebody"))
        .says("Nobody else has asked me anything here yet.")
        .offers("Back");
    bot.adaInGroup().asks("Why tides?");
    bob.asks("Why waves?");
    bob.asks("Why wind?");
    cleo.asks("Why rain?");
    bot.somebody("8", Locale.ENGLISH).asks("In private.");

    Response panel = cleo.gives("access");
    assertThat(panel).mentions("Nobody is blocked here.").offers("Block somebody");
    Response choice = cleo.presses(panel, "Block somebody");
    assertThat(choice).offers("Bob (2)", "Ada (1)", "Back");

    Response done = cleo.presses(choice, "Bob (2)");
    assertThat(done)
        .mentions("I don't answer Bob here any more.", "**Blocked here**", "Bob (2)")
        .offers("Unblock Bob (2)", "Block somebody");
    assertThat(cleo.presses(done, "Block somebody")).offers("Ada (1)", "Back");
    assertThat(cleo.presses(done, "Unblock Bob (2)")).mentions("Nobody is blocked here.");
    assertThat(bot.core.hears(bob.person(), bob.place())).isTrue();
  }

  @Test
  void peopleAreNamedByNumberOnlyWhereTheyAsked() throws InterruptedException {
    bot.somebody("8", Locale.ENGLISH).asks("My name is a secret.");
    bob.asks("Why tides?");

    for (String number : new String[] {"8", "nobody", "99999999999999999999"}) {
      assertThat(cleo.gives("access", "action", "block", "person", number))
          .mentions("I know nobody here by that.");
      assertThat(cleo.pressesId("access:block:" + number)).mentions("I know nobody here by that.");
    }
    assertThat(cleo.gives("access", "action", "unblock", "person", "2"))
        .says("They aren't blocked here.");
    assertThat(cleo.gives("access", "action", "block", "person", "2")).mentions("Bob (2)");
    assertThat(cleo.gives("access", "action", "unblock", "person", "2"))
        .mentions("I answer Bob again.");
  }

  @Test
  void aBlockInATopicHoldsInTheWholeGroup() throws InterruptedException {
    PlaceId group = new PlaceId("telegram", "-300"); // in which itself nobody ever spoke
    Place topic =
        new Place(new PlaceId("telegram", "-300/7"), Place.Kind.THREAD, Optional.of(group), "A");
    Place other =
        new Place(new PlaceId("telegram", "-300/8"), Place.Kind.THREAD, Optional.of(group), "B");

    cleo.in(topic).givesAbout(bob.person(), "access", BLOCK);

    assertThat(bot.core.hears(bob.person(), topic)).isFalse();
    assertThat(bot.core.hears(bob.person(), other)).isFalse();
    assertThat(cleo.in(other).gives("access")).mentions("Bob (2)");
    assertThat(bot.core.hears(bob.person(), Bot.GROUP)).isTrue();
  }

  @Test
  void nobodyBlocksThemselvesOrAnotherAdmin() throws InterruptedException {
    cleo.asks("Why tides?");
    Person otherAdmin = new Person(Stores.ADA, "Ada", Locale.ENGLISH, true);

    assertThat(cleo.givesAbout(cleo.person(), "access", BLOCK)).says("You can't block yourself.");
    assertThat(cleo.pressesId("access:block:3")).says("You can't block yourself.");
    assertThat(cleo.givesAbout(otherAdmin, "access", BLOCK))
        .says("Ada manages this group, so I go on answering them.");
    assertThat(bot.stores.blocked.of(Stores.SERVER)).isEmpty();

    bot.stores.blocked.block(Stores.GROUP, Stores.ADA); // and became an admin later
    assertThat(bot.core.hears(otherAdmin, Bot.GROUP)).isTrue();
  }

  @Test
  void onlyAdminsSeeAndChangeWhoIsBlocked() throws InterruptedException {
    cleo.givesAbout(bob.person(), "access", BLOCK);
    Speaker ada = bot.adaInGroup();

    assertThat(ada.gives("access"))
        .says("Only people who manage this group can change this.")
        .offers();
    ada.givesAbout(bob.person(), "access", UNBLOCK);
    ada.givesAbout(cleo.person(), "access", BLOCK);
    assertThat(bot.core.hears(bob.person(), bob.place())).isFalse();
    assertThat(bot.stores.blocked.of(Stores.SERVER)).containsExactly(Stores.BOB);
    assertThat(bot.ada().gives("access")).mentions("This is for groups");
  }

  @Test
  void somebodyWhoNeverWroteToParleyIsBlockedAndKeepsTheirLanguageLater()
      throws InterruptedException {
    Person stranger = new Person(new PersonId("telegram", "77"), "*Eve*", Locale.ENGLISH, false);
    assertThat(cleo.givesAbout(stranger, "access", BLOCK)).mentions("\\*Eve\\* (77)");

    Person bobAsTold = new Person(Stores.BOB, "Bob", Locale.ENGLISH, false);
    cleo.givesAbout(bobAsTold, "access", BLOCK);
    assertThat(bot.stores.people.find(Stores.BOB).orElseThrow().locale()).isEqualTo(Locale.TAIWAN);
  }

  @Test
  void blocksSurviveARestartFollowAGroupAndGoWithTheirPerson() {
    cleo.givesAbout(bob.person(), "access", BLOCK);
    cleo.givesAbout(bot.somebody("8", Locale.ENGLISH).person(), "access", BLOCK);
    bot.close();
    bot = Bot.in(folder);
    assertThat(bot.core.hears(bob.person(), Bot.GROUP)).isFalse();

    PlaceId upgraded = new PlaceId("telegram", "-1001");
    bot.stores.database.update(
        handle -> {
          handle.execute("UPDATE place SET id = '-1001' WHERE id = ?", Stores.SERVER.id());
          handle.execute("DELETE FROM person WHERE id = '8'");
        });
    bot.close();
    bot = Bot.in(folder);

    assertThat(bot.stores.blocked.of(upgraded)).containsExactly(Stores.BOB);
    assertThat(bot.stores.database.integrityCheck()).isEmpty();
  }
}
