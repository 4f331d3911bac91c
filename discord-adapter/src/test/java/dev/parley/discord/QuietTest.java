package dev.parley.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.discord.Visits.Visit;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Answers that only interactions reach: for their caller alone, and where the bot is not. */
class QuietTest extends Scenario {
  private void awaitButtons(Visit asked) throws InterruptedException {
    server.until(
        "an answer",
        () -> asked.shown().stream().anyMatch(part -> part.buttons().contains("↻")),
        () -> asked.shown().toString());
  }

  private static boolean hasFile(Shown message) {
    return message.text().contains("[file ");
  }

  private Visit askQuietly(String question) throws Exception {
    server.makeManager(GUILD, 11);
    ada.in(GENERAL).runs("settings", "setting", "quiet-answers", "value", "on");
    Visit asked = ada.in(GENERAL).runs("ask", "question", question);
    awaitButtons(asked);
    return asked;
  }

  @Test
  void whereTheAdminWantsOnlyTheCallerSeesTheAnswer() throws Exception {
    Visit asked = askQuietly("Why tides?");
    assertThat(asked.shown().getFirst().isEphemeral()).isTrue();
    assertThat(asked.shown().getFirst().text()).startsWith("Answer to Why tides?");
    assertThat(server.ofBot(GENERAL)).isEmpty();

    ada.in(GENERAL).mentions("Aloud?");
    awaitAnswer(GENERAL, "Answer to Aloud?");
  }

  @Test
  void itsButtonsWorkAlsoWhenItsOwnQuarterOfAnHourIsOver() throws Exception {
    Visit asked = askQuietly("Why tides?");
    asked.expire();
    later = Duration.ofMinutes(20);
    model.answers("The Sun helps.");
    Shown answer = asked.shown().getFirst();
    ada.in(GENERAL).presses(answer, "↻");
    server.until(
        "another answer",
        () -> answer.text().equals("The Sun helps.") && answer.buttons().contains("2/2"),
        answer::toString);
    assertThat(server.ofBot(GENERAL)).isEmpty();
  }

  @Test
  void oneWalksBetweenItsAlternatives() throws Exception {
    Visit asked = askQuietly("Why tides?");
    model.answers("The Sun helps.");
    Shown answer = asked.shown().getFirst();
    ada.in(GENERAL).presses(answer, "↻");
    server.until("another", () -> answer.buttons().contains("2/2"), answer::toString);
    ada.in(GENERAL).presses(answer, "‹");
    server.until("the first", () -> answer.buttons().contains("1/2"), answer::toString);
    assertThat(answer.text()).startsWith("Answer to Why tides?");
  }

  @Test
  void nothingOfItComesIntoWhatOthersSee() throws Exception {
    askQuietly("My secret is 42.");
    model.remembers(true);
    ada.in(GENERAL).mentions("Aloud?");
    awaitAnswer(GENERAL, "You are Parley");
    bob.in(GENERAL).repliesTo(server.ofBot(GENERAL).getLast().id(), "And what was the secret?");
    awaitWords(GENERAL, "And what was the secret?");
    assertThat(server.ofBot(GENERAL)).noneMatch(shown -> shown.text().contains("42"));
    Visit history = ada.in(GENERAL).runs("history");
    assertThat(history.shown().getFirst().choices()).containsExactly("1. My secret is 42.");
    assertThat(bob.in(GENERAL).completes("history", "search", "secret").findValuesAsText("name"))
        .noneMatch(title -> title.contains("42"));
  }

  @Test
  void whatIsPublicThereHasItsButtonsAndCommands() throws Exception {
    askQuietly("Why tides?");
    ada.in(GENERAL).mentions("Aloud?");
    awaitAnswer(GENERAL, "Answer to Aloud?");
    Visit why = ada.in(GENERAL).presses(server.ofBot(GENERAL).getLast(), "👎");
    assertThat(why.shown().getFirst().text()).isEqualTo("What was wrong?");
    ada.in(GENERAL).presses(why.shown().getFirst(), "Not true");
    assertThat(why.shown().getFirst().text()).isEqualTo("Thanks.");
    model.answers("Louder.");
    ada.in(GENERAL).runs("regenerate");
    server.await(GENERAL, shown -> shown.getLast().buttons().contains("2/2"));
    assertThat(ada.in(GENERAL).runs("undo").shown().getFirst().text()).contains("Aloud?");
  }

  @Test
  void whereAllShareAConversationQuietOnesAreStillOnesOwn() throws Exception {
    askQuietly("My secret is 42.");
    ada.in(GENERAL).runs("settings", "setting", "shared-conversation", "value", "on");
    model.remembers(true);
    Visit asked = bob.in(GENERAL).runs("ask", "question", "What was said?");
    awaitButtons(asked);
    assertThat(asked.shown().getFirst().text()).contains("What was said?").doesNotContain("42");
  }

  @Test
  void aLongOneHasQuietParts() throws Exception {
    model.answers("A sentence of some words. ".repeat(200));
    Visit asked = askQuietly("Long?");
    assertThat(asked.shown()).hasSize(3).allMatch(Shown::isEphemeral);
    assertThat(server.ofBot(GENERAL)).isEmpty();
  }

  @Test
  void inPrivateChatsThereIsNobodyToSpare() throws Exception {
    askQuietly("one");
    ada.runs("ask", "question", "two");
    awaitAnswer(ada.channel(), "Answer to two");
  }

  @Test
  void whereTheBotIsNotWhatIsMoreThanSixMessagesIsAFile() throws Exception {
    model.answers("A sentence of some words. ".repeat(1_000));
    Visit asked = ada.in(ELSEWHERE).runs("ask", "question", "Why tides?");
    server.until(
        "a file", // which is put beside what stands there already
        () -> asked.shown().stream().anyMatch(QuietTest::hasFile),
        () -> asked.shown().toString());
    assertThat(asked.shown()).hasSize(6);
    assertThat(asked.shown().getLast().text()).contains("all of it is in the file", "[file 2");
  }

  @Test
  void whereTheAdminWantsAVeryLongAnswerEndsInAFile() throws Exception {
    server.makeManager(GUILD, 11);
    ada.in(GENERAL).runs("settings", "setting", "long-answers", "value", "file");
    model.answers("A sentence of some words. ".repeat(1_000));
    ada.in(GENERAL).mentions("Long?");
    server.await(GENERAL, shown -> hasFile(shown.getLast()));
    assertThat(server.ofBot(GENERAL)).hasSize(3);
    assertThat(server.ofBot(GENERAL).getLast().text()).contains("[file 2");
    assertThat(server.ofBot(GENERAL).getLast().buttons()).contains("↻");

    model.answers("Short.");
    ada.in(GENERAL).presses(server.ofBot(GENERAL).getLast(), "↻");
    server.await(GENERAL, shown -> shown.getLast().buttons().contains("2/2"));
    assertThat(server.ofBot(GENERAL)).hasSize(1);
    assertThat(server.ofBot(GENERAL).getFirst().text()).startsWith("Short.");

    model.answers("A sentence of some words. ".repeat(200)); // parts are needed again
    ada.in(GENERAL).presses(server.ofBot(GENERAL).getLast(), "↻");
    server.await(GENERAL, shown -> shown.getLast().buttons().contains("3/3"));
    assertThat(server.ofBot(GENERAL)).hasSize(3);
    model.remembers(true);
    ada.in(GENERAL).mentions("And now?");
    awaitWords(GENERAL, "And now?");
    assertThat(server.ofBot(GENERAL).stream().filter(shown -> shown.text().contains("Long?")))
        .isNotEmpty();
  }

  @Test
  void whatTakesLongerThanAnInteractionLivesBecomesAnOrdinaryMessage() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    model.grows("", "It took a while.", seen);
    Visit asked = ada.in(GENERAL).runs("ask", "question", "Why tides?");
    asked.expire();
    later = Duration.ofMinutes(16);
    seen.countDown();
    awaitAnswer(GENERAL, "It took a while.");
    assertThat(asked.original).isEmpty();
  }

  @Test
  void whatGrowsWhileTheInteractionEndsIsFinishedInItsPlace() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    model.grows("It begins", " and it ends.", seen);
    Visit asked = ada.in(GENERAL).runs("ask", "question", "Why tides?");
    awaitWords(GENERAL, "It begins");
    asked.expire();
    later = Duration.ofMinutes(16);
    seen.countDown();
    awaitAnswer(GENERAL, "It begins and it ends.");
    assertThat(server.ofBot(GENERAL)).hasSize(1);
    assertThat(server.ofBot(GENERAL).getFirst().id()).isEqualTo(asked.original.orElseThrow());
  }
}
