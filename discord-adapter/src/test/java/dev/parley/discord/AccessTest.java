package dev.parley.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.discord.Visits.Visit;
import dev.parley.person.Door;
import dev.parley.person.Operators;
import dev.parley.platform.PersonId;
import dev.parley.platform.PlaceId;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is answered where, as the admins of a server decide. */
class AccessTest extends Scenario {
  private static final long OTHER = GUILD + 2;
  private Guest manager;

  @BeforeEach
  void manage() {
    server.makeManager(GUILD, 11);
    server.makePatron(GUILD, 13);
    server.addChannel(OTHER, GUILD, "waves");
    manager = ada.in(GENERAL);
  }

  private Guest patron() {
    return Guest.inPrivate(server, 13, "Cleo", "en-US");
  }

  /** For the whole server. */
  private void setAround(String setting, String value) throws Exception {
    Shown panel = manager.runs("settings").shown().getFirst();
    String around =
        panel.buttons().stream().filter(label -> label.contains("whole")).findFirst().orElseThrow();
    manager.presses(panel, around);
    Visit form = manager.forges(panel, "p11|settings:around:" + setting + ":" + value);
    assertThat(form.answeredBy).isNotZero();
  }

  @Test
  void aChannelIsCalledAsDiscordCallsIt() throws Exception {
    assertThat(manager.runs("settings").shown().getFirst().text())
        .startsWith("**Parley in #general**");
  }

  @Test
  void onlyAllowedRolesAreAnswered() throws Exception {
    setAround("allowed-roles", "Patrons");
    bob.in(GENERAL).mentions("May I?");
    patron().in(OTHER).mentions("And I?");
    awaitAnswer(OTHER, "Answer to And I?");
    assertThat(server.ofBot(GENERAL)).isEmpty();

    Visit refused = bob.in(GENERAL).runs("ask", "question", "Please?");
    assertThat(refused.shown().getFirst().isEphemeral()).isTrue();
    assertThat(refused.shown().getFirst().text()).startsWith("這裡的管理員");
    bob.says("And in private?");
    awaitAnswer(bob.channel(), "Answer to And in private?");
  }

  @Test
  void blockedRolesAreNotAnsweredAndAdminsAlwaysAre() throws Exception {
    manager.runs("settings", "setting", "blocked-roles", "value", "patrons-are-called-otherwise");
    patron().in(GENERAL).mentions("one");
    awaitAnswer(GENERAL, "Answer to one");
    manager.runs("settings", "setting", "blocked-roles", "value", "Patrons, @everyone");
    patron().in(GENERAL).mentions("two");
    bob.in(GENERAL).mentions("three");
    manager.mentions("four");
    awaitAnswer(GENERAL, "Answer to four");
    assertThat(server.ofBot(GENERAL)).hasSize(2);
  }

  @Test
  void aServerCanBeClosedButForOneChannel() throws Exception {
    setAround("answer-mode", "nothing");
    manager.in(OTHER).runs("settings", "setting", "answer-mode", "value", "mentioned");
    bob.in(GENERAL).mentions("here?");
    bob.in(OTHER).mentions("there?");
    awaitAnswer(OTHER, "Answer to there?");
    assertThat(server.ofBot(GENERAL)).isEmpty();
  }

  @Test
  void accessShowsRolesAndLeadsToTheirSettings() throws Exception {
    setAround("allowed-roles", "patrons");
    Visit panel = manager.runs("access");
    Shown shown = panel.shown().getFirst();
    assertThat(shown.text()).contains("I answer: patrons", "Roles I don't answer: nobody");
    manager.presses(shown, "Roles I don't answer");
    assertThat(shown.buttons()).contains("nobody", "Name roles");
    Visit form = manager.presses(shown, "Name roles");
    manager.submits(form, Map.of("value", "Muted"));
    assertThat(manager.in(OTHER).runs("access").shown().getFirst().text())
        .contains("Roles I don't answer: Muted");
  }

  @Test
  void whoIsNoAdminSeesTheSettingsAndChangesNothing() throws Exception {
    bob.in(GENERAL).runs("settings", "setting", "allowed-roles", "value", "Bobs");
    bob.in(GENERAL).runs("access", "action", "block", "person", "11");
    patron().in(GENERAL).mentions("one");
    awaitAnswer(GENERAL, "Answer to one");
  }

  @Test
  void otherBotsAreAnsweredWhereThatIsWantedAndNotForEver() throws Exception {
    server.addBot(14, "Echo");
    Guest echo = new Guest(server, 14, "Echo", "en-US", GENERAL);
    echo.mentions("zero");
    manager.runs("settings", "setting", "answer-bots", "value", "on");
    for (int i = 1; i <= 9; i++) {
      echo.mentions("turn " + i);
    }
    awaitWords(GENERAL, "I have answered bots 5 times in a row here.");
    bob.in(GENERAL).mentions("And I?"); // which comes after all of these
    awaitAnswer(GENERAL, "Answer to And I?");

    assertThat(server.ofBot(GENERAL)).hasSize(6).noneMatch(shown -> shown.text().contains("zero"));
  }

  @Test
  void ofBotsWhatCameWhileTheProcessWasAwayIsAnsweredToo() throws Exception {
    server.addBot(14, "Echo");
    manager.runs("settings", "setting", "answer-bots", "value", "on");
    manager.mentions("one");
    awaitAnswer(GENERAL, "Answer to one");
    stopBot();
    new Guest(server, 14, "Echo", "en-US", GENERAL).mentions("two");
    startBot();

    awaitAnswer(GENERAL, "Answer to two");
    assertThat(server.ofBot(GENERAL)).hasSize(2);
  }

  @Test
  void thePictureOfUseIsForWhoAskedAlone() throws Exception {
    bob.in(GENERAL).mentions("tides?");
    awaitAnswer(GENERAL, "Answer to tides?");

    Visit usage = bob.in(GENERAL).runs("usage");

    server.until(
        "the picture",
        () -> usage.shown().stream().anyMatch(shown -> shown.text().contains("[file")),
        () -> usage.shown().toString());
    assertThat(usage.shown()).allMatch(Shown::isEphemeral);
  }

  @Test
  void whoIsNotOnTheListIsToldSoInPrivateAndForCommands() throws Exception {
    stopBot();
    door =
        new Door(
            new Operators(Set.of()),
            false,
            Set.of(new PersonId("discord", "11")),
            Set.of(new PlaceId("discord", Long.toString(OTHER))));
    startBot();
    bob.says("May I?");
    bob.says("Really not?");
    awaitWords(bob.channel(), "tell my operator that you are `discord:12`");
    bob.in(GENERAL).mentions("Here?");
    Visit refused = bob.in(GENERAL).runs("ask", "question", "Please?");
    assertThat(refused.shown().getFirst().isEphemeral()).isTrue();
    assertThat(refused.shown().getFirst().text()).contains("`discord:12`");

    bob.in(OTHER).mentions("There?");
    awaitAnswer(OTHER, "Answer to There?");
    manager.mentions("And I?");
    awaitAnswer(GENERAL, "Answer to And I?");
    assertThat(server.ofBot(GENERAL)).hasSize(1);
    assertThat(server.ofBot(bob.channel())).hasSize(1);
  }

  @Test
  void whoIsNotLetInAnyMoreStillHasWhatIsKeptOfThem() throws Exception {
    bob.says("Why?");
    awaitAnswer(bob.channel(), "Answer to Why?");
    stopBot();
    door = new Door(new Operators(Set.of()), true, Set.of(), Set.of());
    startBot();

    bob.runs("privacy");
    awaitWords(bob.channel(), "2 則訊息");
    Shown kept = server.ofBot(bob.channel()).getLast();
    bob.presses(kept, "全部刪除");
    assertThat(kept.text()).contains("這會刪除 2 則訊息");
    bob.presses(kept, "全部刪除");
    assertThat(kept.text()).contains("已刪除 2 則訊息");
    assertThat(bob.in(GENERAL).runs("privacy").shown().getFirst().text()).contains("`discord:12`");
  }

  @Test
  void whoIsNotLetInIsNotAnsweredForWhatCameWhileTheProcessWasAway() throws Exception {
    setAround("allowed-roles", "Patrons");
    patron().in(GENERAL).mentions("one");
    awaitAnswer(GENERAL, "Answer to one");
    stopBot();
    bob.in(GENERAL).mentions("two");
    patron().in(GENERAL).mentions("three");
    startBot();
    awaitAnswer(GENERAL, "Answer to three");
    assertThat(server.ofBot(GENERAL)).hasSize(2);
  }
}
