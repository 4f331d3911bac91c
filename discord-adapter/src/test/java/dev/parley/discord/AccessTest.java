package dev.parley.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.discord.Visits.Visit;
import java.util.Map;
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
