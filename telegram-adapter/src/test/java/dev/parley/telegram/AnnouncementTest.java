package dev.parley.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.person.Door;
import dev.parley.person.Operators;
import dev.parley.platform.PersonId;
import dev.parley.telegram.Chats.Shown;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator tells everybody, typed or as an answer to a question for it. */
class AnnouncementTest extends Scenario {
  @BeforeEach
  void letAdaRunIt() throws Exception {
    bot.close();
    Door door = Door.open(new Operators(Set.of(new PersonId("telegram", "1"))));
    bot = RunningBot.start(server.options(), folder, model, door, time.timing());
    bob.says("Why tides?");
    awaitAnswer(2, "Answer to Why tides?");
    bob.in(GROUP).says("@parley_test_bot And here?");
    awaitAnswer(GROUP, "Answer to And here?");
  }

  @Test
  void whatIsTypedIsShownConfirmedAndSaidInPrivate() throws Exception {
    ada.says("/operator announce all of *you*:\n- I rest tonight");
    awaitLast(1, "This goes to 1 private chat");
    Shown shown = server.ofBot(1).getLast();
    assertThat(shown.text())
        .endsWith("A message from whoever runs me\n\nall of you:\n\n• I rest tonight");
    assertThat(server.ofBot(2)).hasSize(1);

    ada.presses("Send");
    awaitLast(2, "📣 營運者的公告\n\nall of you:\n\n• I rest tonight");
    ada.says("/operator announce");
    assertThat(awaitEnd())
        .isEqualTo("The last announcement: said in 1 chat, 0 could not be reached, 0 left.");

    assertThat(server.ofBot(2)).filteredOn(said -> said.text().contains("公告")).hasSize(1);
    assertThat(server.ofBot(GROUP)).hasSize(1);
  }

  @Test
  void whoeverBlockedTheBotIsCounted() throws Exception {
    server.blocks(2);
    ada.says("/operator announce");
    awaitLast(1, "What you write goes to everybody");
    ada.presses("Write one");
    awaitLast(1, "What everybody should know");
    ada.repliesTo(server.ofBot(1).getLast().id(), "I rest tonight.");
    awaitLast(1, "This goes to 1 private chat");
    ada.presses("Send");

    assertThat(awaitEnd())
        .isEqualTo("The last announcement: said in 0 chats, 1 could not be reached, 0 left.");
  }

  /** What the panel says once nobody is left to be told. */
  private String awaitEnd() throws InterruptedException {
    awaitLast(1, "The last announcement");
    while (server.ofBot(1).getLast().text().contains("1 left")) {
      ada.presses("Refresh");
    }
    return server.ofBot(1).getLast().text();
  }

  private void awaitLast(long chat, String beginning) throws InterruptedException {
    server.await(
        chat,
        shown ->
            shown.getLast().from() == BotApiServer.BOT
                && shown.getLast().text().startsWith(beginning));
  }
}
