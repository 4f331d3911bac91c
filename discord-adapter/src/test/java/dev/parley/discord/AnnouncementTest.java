package dev.parley.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.discord.Visits.Visit;
import dev.parley.person.Door;
import dev.parley.person.Operators;
import dev.parley.platform.PersonId;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator tells everybody, as an option or by a form. */
class AnnouncementTest extends Scenario {
  @BeforeEach
  void letAdaRunIt() throws Exception {
    stopBot();
    door = Door.open(new Operators(Set.of(new PersonId("discord", "11"))));
    startBot();
    bob.runs("queue"); // Discord tells the language with commands alone
    bob.says("Why tides?");
    awaitAnswer(bob.channel(), "Answer to Why tides?");
    bob.in(GENERAL).mentions("And here?");
    awaitAnswer(GENERAL, "Answer to And here?");
  }

  @Test
  void theOptionIsShownConfirmedAndSaidInPrivate() throws Exception {
    ada.runs("operator", "change", "announce", "text", "I *rest* tonight, @everyone");
    awaitWords(ada.channel(), "This goes to 1 private chat");
    Shown shown = server.ofBot(ada.channel()).getLast();
    assertThat(shown.text()).contains("📣 **A message from whoever runs me**\n\nI *rest* tonight");
    assertThat(announced()).isZero();

    ada.presses(shown, "Send");
    awaitWords(bob.channel(), "📣 **營運者的公告**\n\nI *rest* tonight");

    assertThat(announced()).isEqualTo(1);
    assertThat(server.ofBot(GENERAL)).hasSize(1);
  }

  @Test
  void theFormDoesTheSame() throws Exception {
    ada.runs("operator", "change", "announce");
    awaitWords(ada.channel(), "What you write goes to everybody");
    Visit form = ada.presses(server.ofBot(ada.channel()).getLast(), "Write one");
    assertThat(form.form).isPresent();
    ada.submits(form, Map.of("text", "I rest\ntonight"));
    awaitWords(ada.channel(), "This goes to 1 private chat");
    ada.presses(server.ofBot(ada.channel()).getLast(), "Send");

    awaitWords(bob.channel(), "📣 **營運者的公告**\n\nI rest\ntonight");
  }

  @Test
  void aTextThatIsTooLongStandsInTheFormToBeShortened() throws Exception {
    Visit form = ada.runs("operator", "change", "announce", "text", "a".repeat(1_501));

    assertThat(form.form.orElseThrow().at("/components/0/component/value").asText())
        .isEqualTo("a".repeat(1_500));
  }

  /** How often Bob was told. */
  private long announced() {
    return server.ofBot(bob.channel()).stream().filter(said -> said.text().contains("公告")).count();
  }
}
