package dev.parley.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.telegram.Chats.Shown;
import java.util.List;
import org.junit.jupiter.api.Test;

class RatingTest extends Scenario {
  private static final int TOPIC = 7;

  @Test
  void aThumbUpIsThankedForInAPopUp() throws Exception {
    Shown answer = ask(ada);
    assertThat(answer.buttons()).containsExactly("👍", "👎", "↻");

    assertThat(ada.presses("👍")).isEqualTo("Thanks.");
    assertThat(ratings()).containsExactly("1 up button null");
    assertThat(ada.presses("👍")).isEqualTo("Taken back.");

    assertThat(ratings()).isEmpty();
    assertThat(server.ofBot(1)).hasSize(1);
    assertThat(server.ofBot(1).getFirst().message()).isEqualTo(answer.message());
  }

  @Test
  void aThumbDownAsksWhyAndTheReasonTakesThePlaceOfTheQuestion() throws Exception {
    Shown answer = ask(ada);

    assertThat(ada.presses("👎")).isEmpty();
    awaitQuestion(1);
    assertThat(server.ofBot(1).getLast().buttons())
        .containsExactly(
            "Not true", "Not helpful", "Unsafe", "Wrong language", "Write a better answer");
    assertThat(ada.presses("Unsafe")).isEmpty();

    server.await(1, chat -> chat.getLast().text().equals("Thanks."));
    assertThat(ratings()).containsExactly("1 down button unsafe");
    assertThat(server.ofBot(1)).hasSize(2);
    assertThat(server.ofBot(1).getFirst().message()).isEqualTo(answer.message());
  }

  @Test
  void aBetterAnswerIsWrittenAsAMessage() throws Exception {
    ask(ada);
    ada.presses("👎");
    awaitQuestion(1);
    ada.presses("Write a better answer");
    server.await(1, chat -> chat.getLast().text().startsWith("How should the answer read?"));

    ada.says("The *Moon* pulls.");

    server.await(1, chat -> chat.getLast().text().equals("Thanks."));
    assertThat(select("SELECT better FROM rating")).containsExactly("The *Moon* pulls.");
  }

  @Test
  void whyIsAskedOnlyOfWhoPressed() throws Exception {
    ask(ada.in(GROUP));
    Shown answer = server.ofBot(GROUP).getLast();
    assertThat(bob.in(GROUP).presses(answer, "👎")).isEqualTo("這個按鈕是給Ada的。問我一個問題，你就會有自己的。");
    ada.in(GROUP).presses(answer, "👎");
    awaitQuestion(GROUP);

    assertThat(bob.in(GROUP).presses("Unsafe")).startsWith("這個按鈕是給別人的。");

    assertThat(ratings()).containsExactly("1 down button null");
  }

  @Test
  void aReactionCountsUntilItIsTakenAway() throws Exception {
    Shown answer = ask(ada);

    ada.reacts(answer.id(), "❤");
    awaitRatings("1 up reaction null");
    ada.reacts(answer.id(), "👎");
    awaitRatings("1 down reaction null");
    ada.reacts(answer.id(), "🤔"); // which may be meant well or not
    awaitRatings();
    ada.reacts(answer.id(), "👍", "💩");
    ada.reacts(answer.id(), "👍", "🤔");
    awaitRatings("1 up reaction null");
    ada.reacts(answer.id());

    awaitRatings();
  }

  @Test
  void takingAReactionAwayLeavesTheRatingOfAButton() throws Exception {
    Shown answer = ask(ada);
    ada.reacts(answer.id(), "👍");
    awaitRatings("1 up reaction null");
    ada.presses("👎");

    ada.reacts(answer.id());
    awaitHandled(ada);

    assertThat(ratings()).containsExactly("1 down button null");
  }

  @Test
  void reactionsOfOthersAndOfNobodyCountNothing() throws Exception {
    Member there = ada.in(GROUP);
    Shown answer = ask(there);
    int question = server.in(GROUP).getFirst().id();
    bob.in(GROUP).reacts(answer.id(), "👍");
    there.reacts(question, "👍");
    ObjectNode anonymous = there.reaction(answer.id(), "👍");
    anonymous.remove("user");
    anonymous.putObject("actor_chat").put("id", GROUP).put("type", "supergroup");
    server.deliver("message_reaction", anonymous);

    awaitHandled(there);

    assertThat(ratings()).isEmpty();
    assertThat(server.calls("getChatMember")).isEqualTo(1); // for Ada's messages
  }

  @Test
  void aReactionInATopicFindsItsAnswerThoughTelegramDoesNotNameTheTopic() throws Exception {
    ObjectNode question = ada.in(GROUP).write("/ask Why tides?");
    question.put("is_topic_message", true).put("message_thread_id", TOPIC);
    server.deliver("message", question);
    Shown answer = awaitAnswer(GROUP);

    ada.in(GROUP).reacts(answer.id(), "👍");

    awaitRatings("1 up reaction null");
  }

  @Test
  void aReactionThatWasTakenBeforeACrashCounts() throws Exception {
    Shown answer = ask(ada);
    bot.close();
    ada.reacts(answer.id(), "🔥");
    startBot();

    awaitRatings("1 up reaction null");
  }

  private Shown ask(Member member) throws InterruptedException {
    member.says("/ask Why tides?");
    return awaitAnswer(member.chat());
  }

  private Shown awaitAnswer(long chat) throws InterruptedException {
    server.await(
        chat, shown -> shown.stream().anyMatch(message -> message.buttons().contains("👍")));
    return server.ofBot(chat).getLast();
  }

  /** Shown, and known to be of whoever pressed. */
  private void awaitQuestion(long chat) throws InterruptedException {
    server.await(chat, shown -> shown.getLast().text().equals("What was wrong?"));
    int message = server.ofBot(chat).getLast().id();
    await().until(() -> select("SELECT message FROM panel").contains(Integer.toString(message)));
  }

  /** Updates of a chat are handled in their order: whatever came before this is done. */
  private void awaitHandled(Member member) throws InterruptedException {
    member.says("/queue");
    server.await(
        member.chat(), chat -> chat.getLast().text().equals("Nothing of yours is waiting."));
  }

  private void awaitRatings(String... expected) {
    await().untilAsserted(() -> assertThat(ratings()).containsExactly(expected));
  }

  private List<String> ratings() {
    return select(
        "SELECT format('%s %s %s %s', person, thumb, source, coalesce(reason, 'null')) FROM"
            + " rating");
  }

  private List<String> select(String query) {
    return bot.database().read(handle -> handle.createQuery(query).mapTo(String.class).list());
  }
}
