package dev.parley.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Each topic is a place of its own, in forums and in private chats. */
class TopicTest extends Scenario {
  private static final int TIDES = 7;
  private static final int WAVES = 8;

  @Test
  void theGeneralTopicOfAForumHasNoNumberButForTheTypingSign() throws Exception {
    Consumer<ObjectNode> general =
        message -> ((ObjectNode) message.get("chat")).put("is_forum", true);
    ada.in(GROUP).sends("/ask Why tides?", general);
    awaitAnswer(GROUP, "Answer to Why tides?");
    ada.in(GROUP).sends("/ask Why rain?", general.andThen(in(TIDES)));
    awaitAnswer(GROUP, "Answer to Why rain?");

    assertThat(server.typedIn()).containsExactlyInAnyOrder(1, TIDES);
    assertThat(topicOf(0)).isZero();
    assertThat(topicOf(1)).isEqualTo(TIDES);
    ada.in(GROUP).sends("/history", general);
    server.await(GROUP, chat -> chat.getLast().text().contains("page 1 of 1"));
    assertThat(server.ofBot(GROUP).getLast().text())
        .contains("Why tides?")
        .doesNotContain("Why rain?");
  }

  @Test
  void topicsOfAPrivateChatAreConversationsOfTheirOwn() throws Exception {
    ada.sends("Why tides?", in(TIDES));
    awaitAnswer(1, "Answer to Why tides?");
    ada.sends("Why waves?", in(WAVES));
    awaitAnswer(1, "Answer to Why waves?");
    ada.sends("/history", in(WAVES));
    server.await(1, chat -> chat.getLast().text().contains("page 1 of 1"));

    assertThat(server.ofBot(1).getLast().text())
        .contains("Why waves?")
        .doesNotContain("Why tides?");
    assertThat(topicOf(0)).isEqualTo(TIDES);
    assertThat(topicOf(1)).isEqualTo(WAVES);
    assertThat(topicOf(2)).isEqualTo(WAVES);
  }

  @Test
  void whatOnePrefersHoldsInAllTopicsOfThePrivateChat() throws Exception {
    ada.sends("/preferences language zh-Hant-TW", in(TIDES));
    server.await(1, chat -> chat.size() == 2);
    ada.sends("/queue", in(WAVES));

    server.await(1, chat -> chat.getLast().text().equals("你沒有在排隊的問題。"));
  }

  private static Consumer<ObjectNode> in(int topic) {
    return message -> message.put("message_thread_id", topic).put("is_topic_message", true);
  }

  /** Where the bot's messages stand, oldest first. */
  private int topicOf(int number) {
    long chat = server.ofBot(1).isEmpty() ? GROUP : 1;
    return server.ofBot(chat).get(number).message().path("message_thread_id").asInt();
  }
}
