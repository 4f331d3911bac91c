package dev.parley.discord;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Threads that Parley opens, that it is called into, and the posts of a forum. */
class ThreadTest extends Scenario {
  @BeforeEach
  void manage() {
    server.makeManager(GUILD, 11);
  }

  private void set(String mode) throws Exception {
    ada.in(GENERAL).runs("settings", "setting", "threads", "value", mode);
  }

  /** Asks until the conversation is a long one; returns the question that makes it one. */
  private long askThree(Guest guest) throws Exception {
    guest.mentions("one");
    awaitAnswer(GENERAL, "Answer to one");
    guest.mentions("two");
    awaitAnswer(GENERAL, "Answer to two");
    return guest.mentions("three");
  }

  @Test
  void aLongConversationGoesOnInAThreadOfItsOwn() throws Exception {
    set("open");
    long thread = askThree(bob.in(GENERAL)); // a thread has the number of its first message
    awaitAnswer(thread, "Answer to three");
    assertThat(server.ofBot(GENERAL)).hasSize(2);
    assertThat(server.ofBot(thread).getLast().repliesTo()).isZero();

    model.remembers(true);
    bob.in(thread).says("four");
    awaitWords(thread, "four");
    assertThat(server.ofBot(thread).getLast().text()).contains("Answer to one", "two", "three");

    bob.in(GENERAL).mentions("something else");
    awaitWords(GENERAL, "something else");
    assertThat(server.ofBot(GENERAL).getLast().text()).doesNotContain("Answer to one");
  }

  @Test
  void whoeverElseSpeaksThereHasToMentionIt() throws Exception {
    set("open");
    long thread = askThree(bob.in(GENERAL));
    awaitAnswer(thread, "Answer to three");
    ada.in(thread).says("Bob, shall we go?");
    bob.in(thread).says("four");
    awaitAnswer(thread, "Answer to four");
    assertThat(server.ofBot(thread).stream().filter(shown -> shown.buttons().contains("↻")))
        .hasSize(2);
  }

  @Test
  void aQuestionThatBeganAThreadIsAnsweredAnewThereWhenItIsEdited() throws Exception {
    set("open");
    long thread = askThree(bob.in(GENERAL));
    awaitAnswer(thread, "Answer to three");
    bob.in(GENERAL).edits(thread, Guest.MENTION + "three and a half");
    awaitAnswer(thread, "Answer to three and a half");
    assertThat(server.ofBot(thread).stream().filter(shown -> shown.buttons().contains("↻")))
        .hasSize(1);
  }

  @Test
  void whereItMayOpenNoneItGoesOnInTheChannel() throws Exception {
    server.forbidsThreads(GENERAL);
    set("open");
    askThree(bob.in(GENERAL));
    awaitAnswer(GENERAL, "Answer to three");
    assertThat(server.ofBot(GENERAL)).hasSize(3);
  }

  @Test
  void aCallWithoutAnOutcomeOpensOneThread() throws Exception {
    set("open");
    server
        .faults()
        .plan(
            "POST /channels/{channel_id}/messages/{message_id}/threads",
            Fault.BAD_GATEWAY_AFTER,
            Fault.BROKEN);
    long thread = askThree(bob.in(GENERAL));
    awaitAnswer(thread, "Answer to three");
    assertThat(server.ofBot(GENERAL)).hasSize(2);
  }

  @Test
  void calledIntoAThreadItListensToThoseWhoCalledIt() throws Exception {
    set("join");
    server.addThread(GUILD + 50, GENERAL, "Waves");
    Guest there = bob.in(GUILD + 50);
    there.says("to nobody");
    there.mentions("one");
    awaitAnswer(GUILD + 50, "Answer to one");
    there.says("two");
    awaitAnswer(GUILD + 50, "Answer to two");
    assertThat(server.ofBot(GUILD + 50)).hasSize(2);
  }

  @Test
  void withoutTheSettingAThreadIsLikeAChannel() throws Exception {
    server.addThread(GUILD + 50, GENERAL, "Waves");
    Guest there = bob.in(GUILD + 50);
    there.mentions("one");
    awaitAnswer(GUILD + 50, "Answer to one");
    there.says("to somebody else");
    there.mentions("two");
    awaitAnswer(GUILD + 50, "Answer to two");
    assertThat(server.ofBot(GUILD + 50)).hasSize(2);
  }

  @Test
  void aPostOfAForumIsAPlaceOfItsOwn() throws Exception {
    server.addForum(GUILD + 60, GUILD, "Questions");
    long post = server.posts(GUILD + 60, 12, "Tides", Guest.MENTION + "Why tides?");
    awaitAnswer(post, "Answer to Why tides?");
    long other = server.posts(GUILD + 60, 12, "Waves", Guest.MENTION + "Why waves?");
    awaitAnswer(other, "Answer to Why waves?");
    model.remembers(true);
    bob.in(other).mentions("And wind?");
    awaitWords(other, "And wind?");
    assertThat(server.ofBot(other).getLast().text()).contains("Why waves?").doesNotContain("tides");
  }

  @Test
  void anAnswerInAThreadIsFoundAfterTheProcessWasAway() throws Exception {
    set("open");
    long thread = askThree(bob.in(GENERAL));
    awaitAnswer(thread, "Answer to three");
    stopBot();
    bob.in(thread).says("four");
    startBot();
    awaitAnswer(thread, "Answer to four");
    assertThat(answers(thread)).containsExactly("Answer to three", "Answer to four");
  }

  private List<String> answers(long channel) {
    return server.ofBot(channel).stream()
        .filter(shown -> shown.buttons().contains("↻"))
        .map(shown -> shown.text().lines().findFirst().orElse(""))
        .toList();
  }
}
