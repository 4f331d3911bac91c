package dev.parley.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.discord.Visits.Visit;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The real client against a server that keeps Discord's rules. */
class DiscordTest extends Scenario {
  @Test
  void aQuestionInPrivateIsAnsweredOnceWithItsButtons() throws Exception {
    model.answers("The **Moon** pulls:\n\n```java\nint x;\n```");
    ada.says("Why tides?");

    awaitAnswer(ada.channel(), "The **Moon** pulls:\n\n```java\nint x;\n```");
    assertThat(server.ofBot(ada.channel())).hasSize(1);
    assertThat(server.ofBot(ada.channel()).getFirst().buttons()).contains("👍", "👎", "↻");
  }

  @Test
  void inAServerOnlyWhatIsMeantForItIsAnswered() throws Exception {
    Guest there = ada.in(GENERAL);
    there.says("Hello all");
    long question = there.mentions("why tides?");
    awaitAnswer(GENERAL, "Answer to why tides?");
    there.repliesTo(server.ofBot(GENERAL).getFirst().id(), "Sure?");
    awaitAnswer(GENERAL, "Answer to Sure?");

    assertThat(server.ofBot(GENERAL)).hasSize(2);
    assertThat(server.ofBot(GENERAL).getFirst().repliesTo()).isEqualTo(question);
  }

  @Test
  void anAnswerGrowsWithoutPreviewsAndShowsThemInTheEnd() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    model.grows("Look at https://example.org/tides", " for more.", seen);
    ada.says("Where?");
    awaitWords(ada.channel(), "Look at");
    assertThat(server.ofBot(ada.channel()).getLast().hidesPreviews()).isTrue();
    assertThat(server.ofBot(ada.channel()).getLast().buttons()).containsExactly("Stop");
    seen.countDown();

    awaitAnswer(ada.channel(), "Look at https://example.org/tides for more.");
    server.await(ada.channel(), shown -> !shown.getLast().hidesPreviews());
  }

  @Test
  void stopEndsAnAnswerAndOnlyForWhoAsked() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    model.grows("It is", " long.", never);
    ada.in(GENERAL).mentions("Tell me");
    awaitWords(GENERAL, "It is");
    Shown growing = server.ofBot(GENERAL).getLast();

    Visit foreign = bob.in(GENERAL).presses(growing, "Stop");
    assertThat(foreign.shown().getFirst().text()).startsWith("這個按鈕是給Ada的");
    assertThat(foreign.shown().getFirst().isEphemeral()).isTrue();
    ada.in(GENERAL).presses(growing, "Stop");

    awaitAnswer(GENERAL, "It is");
    assertThat(server.ofBot(GENERAL).getLast().text()).contains("(stopped)");
    never.countDown();
  }

  @Test
  void anotherAnswerTakesThePlaceOfTheFirst() throws Exception {
    ada.says("Why tides?");
    awaitAnswer(ada.channel(), "Answer to Why tides?");
    model.answers("The Sun helps.");
    ada.presses(server.ofBot(ada.channel()).getLast(), "↻");

    server.await(ada.channel(), shown -> shown.getLast().buttons().contains("2/2"));
    assertThat(server.ofBot(ada.channel())).hasSize(1);
    assertThat(server.ofBot(ada.channel()).getFirst().text()).isEqualTo("The Sun helps.");
    ada.presses(server.ofBot(ada.channel()).getLast(), "‹");
    server.await(ada.channel(), shown -> shown.getLast().buttons().contains("1/2"));
    assertThat(server.ofBot(ada.channel()).getFirst().text()).startsWith("Answer to Why tides?");
  }

  @Test
  void anEditedQuestionIsAnsweredInTheSamePlace() throws Exception {
    long question = ada.says("Why tides?");
    awaitAnswer(ada.channel(), "Answer to Why tides?");
    ada.edits(question, "Why tides?"); // as when a preview was added
    ada.edits(question, "Why waves?");

    awaitAnswer(ada.channel(), "Answer to Why waves?");
    assertThat(server.ofBot(ada.channel())).hasSize(1);
  }

  @Test
  void aDeletedQuestionLeavesTheContext() throws Exception {
    long question = ada.says("My secret is 42.");
    awaitAnswer(ada.channel(), "Answer to My secret is 42.");
    ada.deletes(question);
    model.remembers(true);
    ada.says("What was it?");

    awaitWords(ada.channel(), "What was it?");
    assertThat(server.ofBot(ada.channel()).getLast().text()).doesNotContain("42");
  }

  @Test
  void filesAreReadAndMentionsOfOthersAreNames() throws Exception {
    ada.sendsFile("Read this", "notes.md", "Low tide at six".getBytes(StandardCharsets.UTF_8));
    awaitWords(ada.channel(), "Low tide at six");
  }

  @Test
  void aThreadIsAPlaceOfItsOwn() throws Exception {
    server.addThread(GUILD + 50, GENERAL, "Waves");
    Guest there = ada.in(GUILD + 50);
    ada.in(GENERAL).mentions("one");
    awaitAnswer(GENERAL, "Answer to one");
    model.remembers(true);
    there.mentions("two");

    awaitWords(GUILD + 50, "two");
    assertThat(server.ofBot(GUILD + 50).getLast().text()).doesNotContain("one");
  }

  @Test
  void longAnswersComeInSeveralMessagesAndOnlyTheFirstReplies() throws Exception {
    model.answers("```java\n" + "int x = 1; // a line\n".repeat(200) + "```");
    ada.in(GENERAL).mentions("code");

    server.await(GENERAL, shown -> shown.getLast().buttons().contains("↻"));
    assertThat(server.ofBot(GENERAL).size()).isGreaterThan(2);
    for (Shown part : server.ofBot(GENERAL).subList(0, 2)) {
      assertThat(part.text()).startsWith("```java\n").endsWith("\n```");
    }
    assertThat(server.ofBot(GENERAL).stream().filter(part -> part.repliesTo() != 0)).hasSize(1);
  }

  @Test
  void whereRepliesAreNotAllowedTheAnswerStandsAlone() throws Exception {
    server.hidesHistory(GENERAL);
    ada.in(GENERAL).mentions("why?");
    awaitAnswer(GENERAL, "Answer to why?");
    assertThat(server.ofBot(GENERAL).getFirst().repliesTo()).isZero();
  }

  @Test
  void withoutTheIntentMentionsAreStillRead() throws Exception {
    stopBot();
    server.seesMessages(false);
    startBot();
    assertThat(server.gateway().intents().orElseThrow() & (1 << 15)).isZero();
    ada.in(GENERAL).mentions("why?");
    awaitAnswer(GENERAL, "Answer to why?");
  }
}
