package dev.parley.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What belongs to a question: pieces, files, others' words; and what happens to chats. */
class GatheringTest extends Scenario {
  private static final long SMALL_GROUP = -77;

  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  private void listen() {
    model.answers(
        question -> {
          asked.add(question);
          return "Noted.";
        });
  }

  @Test
  void aLongPasteThatTheAppCutsIsOneQuestion() throws Exception {
    listen();
    String text = "tide ".repeat(1_000) + "end";
    ada.pastes(text);
    awaitAnswer(1, "Noted.");

    assertThat(asked).containsExactly(text);
    assertThat(server.ofBot(1)).hasSize(1);
  }

  @Test
  void anAlbumIsOneQuestion() throws Exception {
    listen();
    Consumer<ObjectNode> album =
        message -> {
          message.remove("text");
          message.put("media_group_id", "album1");
          message
              .putArray("photo")
              .addObject()
              .put("file_id", "p")
              .put("file_unique_id", "p")
              .put("width", 1)
              .put("height", 1);
        };
    ada.sends("", album.andThen(message -> message.put("caption", "Which is nicer?")));
    ada.sends("", album);
    ada.sends("", album);
    awaitAnswer(1, "I can't see or hear this");

    assertThat(asked).containsExactly("Which is nicer?");
    assertThat(server.ofBot(1)).hasSize(1);
  }

  @Test
  void forwardedMessagesComeWithTheirComment() throws Exception {
    listen();
    ada.says("Who is right?");
    ada.forwards("Bob", "It is flat.");
    ada.forwards("Eve", "It is round.");
    await().until(() -> asked.stream().anyMatch(question -> question.contains("It is round.")));
    server.await(1, chat -> chat.getLast().text().startsWith("Noted."));

    assertThat(asked.getLast())
        .contains("Who is right?")
        .contains("Forwarded, written by Bob:\n> It is flat.")
        .contains("Forwarded, written by Eve:\n> It is round.");
    assertThat(server.ofBot(1)).hasSize(1);
  }

  @Test
  void ordinaryMessagesStayApart() throws Exception {
    listen();
    ada.says("One?");
    ada.says("Two?");
    server.await(1, chat -> server.ofBot(1).size() == 2);

    assertThat(asked).containsExactly("One?", "Two?");
  }

  @Test
  void aTextFileIsReadWithItsCaption() throws Exception {
    listen();
    ada.sendsFile("What is wrong?", "a.py", "print(1".getBytes(StandardCharsets.UTF_8));
    awaitAnswer(1, "Noted.");

    assertThat(asked).containsExactly("What is wrong?\n\nFile a.py:\n```\nprint(1\n```");
  }

  @Test
  void aFileThatIsNoTextIsNamed() throws Exception {
    ada.sendsFile("", "photo.heic", new byte[] {0, 1, 2, 3});
    server.await(1, chat -> chat.getLast().text().contains("\"photo.heic\" isn't one of them."));
  }

  @Test
  void aMentionInAReplyAsksAboutWhatOthersSaid() throws Exception {
    listen();
    int claim = bob.in(GROUP).says("The earth is flat.");
    ada.in(GROUP).repliesTo(claim, "@parley_test_bot true?");
    awaitAnswer(GROUP, "Noted.");

    assertThat(asked).containsExactly("Bob wrote:\n> The earth is flat.\n\ntrue?");
  }

  @Test
  void aQuotedPartIsWhatTheQuestionIsAbout() throws Exception {
    listen();
    ada.says("Why tides?");
    awaitAnswer(1, "Noted.");
    int answer = server.ofBot(1).getFirst().id();
    ada.sends(
        "This?",
        message -> {
          ObjectNode replied = message.putObject("reply_to_message");
          replied.put("message_id", answer).put("date", 1).put("text", "Noted.");
          replied.set("from", server.bot());
          replied.set("chat", message.get("chat"));
          message.putObject("quote").put("text", "Not").put("position", 0);
        });
    server.await(1, chat -> server.ofBot(1).size() == 2);

    assertThat(asked.getLast()).isEqualTo("Parley wrote:\n> Not\n\nThis?");
  }

  @Test
  void askInAReplyAsksAboutWhatOthersSaidAndIsRepliedTo() throws Exception {
    listen();
    int claim = bob.in(GROUP).says("The earth is flat.");
    int question = ada.in(GROUP).repliesTo(claim, "/ask true?");
    awaitAnswer(GROUP, "Noted.");

    assertThat(asked).containsExactly("Bob wrote:\n> The earth is flat.\n\ntrue?");
    assertThat(
            server
                .ofBot(GROUP)
                .getFirst()
                .message()
                .get("reply_to_message")
                .get("message_id")
                .asInt())
        .isEqualTo(question);
  }

  @Test
  void aTopicIsAConversationOfItsOwn() throws Exception {
    listen();
    Consumer<ObjectNode> topic =
        message -> message.put("message_thread_id", 7).put("is_topic_message", true);
    ada.in(GROUP).sends("/ask Why tides?", topic);
    awaitAnswer(GROUP, "Noted.");

    assertThat(server.ofBot(GROUP).getFirst().message().get("message_thread_id").asInt())
        .isEqualTo(7);
    ada.in(GROUP).sends("/history", topic);
    server.await(GROUP, chat -> chat.getLast().text().contains("page 1 of 1"));
    ada.in(GROUP).says("/history");
    server.await(GROUP, chat -> chat.getLast().text().contains("no conversations here"));
  }

  @Test
  void aGroupThatBecomesASupergroupKeepsItsConversations() throws Exception {
    Member there = ada.in(SMALL_GROUP);
    there.says("/ask Why tides?");
    awaitAnswer(SMALL_GROUP, "Answer to Why tides?");
    server.moves(SMALL_GROUP, GROUP);
    there.sends(
        "",
        message -> {
          message.remove("text");
          message.put("migrate_to_chat_id", GROUP);
        });
    await().until(() -> known(GROUP));
    ada.in(GROUP).says("/history");

    server.await(GROUP, chat -> chat.getLast().text().contains("Why tides?"));
  }

  @Test
  void anAnswerOnItsWayFollowsTheGroup() throws Exception {
    Member there = ada.in(SMALL_GROUP);
    model.answers(
        question -> {
          server.moves(SMALL_GROUP, GROUP);
          return "The Moon pulls.";
        });
    there.says("/ask Why tides?");

    awaitAnswer(GROUP, "The Moon pulls.");
    assertThat(server.ofBot(GROUP)).hasSize(1);
  }

  @Test
  void aLinkLeadsToACommand() throws Exception {
    ada.says("/start instructions");

    server.await(1, chat -> chat.getLast().text().startsWith("What I know about you"));
  }

  private boolean known(long chat) {
    return bot.database()
        .read(
            handle ->
                handle
                        .createQuery("SELECT count(*) FROM place WHERE id = :id")
                        .bind("id", Long.toString(chat))
                        .mapTo(Integer.class)
                        .one()
                    == 1);
  }
}
