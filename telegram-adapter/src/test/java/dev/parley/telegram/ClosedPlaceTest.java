package dev.parley.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.platform.PlaceId;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where nothing can be said, nothing is tried, until somebody speaks there again. */
class ClosedPlaceTest extends Scenario {
  @Test
  void nothingMoreIsSentToWhoeverBlockedTheBot() throws Exception {
    ada.says("Why tides?");
    awaitAnswer(1, "Answer to Why tides?");
    server.blocks(1);
    ada.says("And now?");
    PlaceId place = new PlaceId("telegram", "1");
    await().until(() -> closed(place));
    long calls = server.calls("sendMessage");
    bot.close();
    startBot();

    server.unblocks(1);
    ada.says("Hello again");
    awaitAnswer(1, "Answer to Hello again");
    assertThat(closed(place)).isFalse();
    assertThat(server.calls("sendMessage")).isEqualTo(calls + 1);
  }

  @Test
  void aKickIsRemembered() throws Exception {
    ada.in(GROUP).says("/ask Why tides?");
    awaitAnswer(GROUP, "Answer to Why tides?");
    ObjectNode change = server.object().put("date", 1);
    change.putObject("chat").put("id", GROUP).put("type", "supergroup").put("title", "Tides");
    change.set("from", server.bot());
    change.putObject("old_chat_member").put("status", "member").set("user", server.bot());
    change.putObject("new_chat_member").put("status", "left").set("user", server.bot());
    server.deliver("my_chat_member", change);

    await().until(() -> closed(new PlaceId("telegram", Long.toString(GROUP))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bad Request: message thread not found",
        "Bad Request: TOPIC_CLOSED",
        "Bad Request: not enough rights to send text messages to the chat",
        "Bad Request: have no rights to send a message",
        "Bad Request: CHAT_WRITE_FORBIDDEN"
      })
  void aDeletedTopicAndARestrictedChatAreLeftAlone(String why) throws Exception {
    Consumer<ObjectNode> topic =
        message -> message.put("message_thread_id", 7).put("is_topic_message", true);
    PlaceId place = new PlaceId("telegram", GROUP + "/7");
    server.deny("sendMessage", 1, 400, why);
    ada.in(GROUP).sends("/ask Why tides?", topic);
    await().until(() -> closed(place));
    bot.close();
    startBot();
    ada.in(GROUP).sends("/ask Why waves?", topic);
    awaitAnswer(GROUP, "Answer to Why waves?");

    assertThat(server.ofBot(GROUP)).hasSize(1);
    assertThat(server.calls("sendMessage")).isEqualTo(2);
    assertThat(closed(place)).isFalse();
  }

  private boolean closed(PlaceId place) {
    return bot.database()
        .read(
            handle ->
                handle
                        .createQuery(
                            "SELECT count(*) FROM place WHERE id = :id AND closed_at IS NOT NULL")
                        .bind("id", place.id())
                        .mapTo(Integer.class)
                        .one()
                    == 1);
  }
}
