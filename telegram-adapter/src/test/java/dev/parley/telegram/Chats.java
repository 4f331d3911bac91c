package dev.parley.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The messages of all chats, numbered as Telegram does. Thread-safe. */
final class Chats {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

  /** Ids of supergroups begin here and count down; each numbers its own messages. */
  private static final long SUPERGROUPS = -1_000_000_000_000L;

  private static final int SOME_DAY = 1_763_900_000;

  // all below: guarded by this
  private final Map<Long, Integer> lastIds = new HashMap<>();
  private final Map<Long, NavigableMap<Integer, ObjectNode>> chats = new HashMap<>();

  /** A message as it stands in a chat. */
  record Shown(int id, long from, String text, JsonNode message) {
    List<String> buttons() {
      List<String> labels = new ArrayList<>();
      message
          .path("reply_markup")
          .path("inline_keyboard")
          .forEach(row -> row.forEach(button -> labels.add(button.get("text").asText())));
      return labels;
    }

    String data(String label) {
      for (JsonNode row : message.path("reply_markup").path("inline_keyboard")) {
        for (JsonNode button : row) {
          if (button.get("text").asText().equals(label)) {
            return button.get("callback_data").asText();
          }
        }
      }
      throw new AssertionError("no button " + label + " under " + message);
    }

    /** The message this one replies to; 0 for none. */
    int repliesTo() {
      return message.path("reply_to_message").path("message_id").asInt();
    }
  }

  /** All of a chat, oldest first. */
  synchronized List<Shown> in(long chat) {
    return chats.getOrDefault(chat, new TreeMap<>()).values().stream()
        .map(
            message ->
                new Shown(
                    message.get("message_id").asInt(),
                    message.get("from").get("id").asLong(),
                    message.path("text").asText(),
                    message.deepCopy()))
        .toList();
  }

  /** Waits until the messages of a chat are as wanted. */
  synchronized void await(long chat, Predicate<List<Shown>> wanted) throws InterruptedException {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (!wanted.test(in(chat))) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not seen in " + chat + ": " + in(chat));
      }
      wait(100);
    }
  }

  /** A message with the next number, which nobody sees before it is put. */
  synchronized ObjectNode next(long chat, String type, String title, ObjectNode from) {
    int id = lastIds.merge(chat <= SUPERGROUPS ? chat : 0, 1, Integer::sum);
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    message.put("message_id", id).put("date", SOME_DAY).set("from", from);
    ObjectNode where = message.putObject("chat").put("id", chat).put("type", type);
    if (!title.isEmpty()) {
      where.put("title", title);
    }
    return message;
  }

  /** Shows a message, in the place of the one with its number. */
  synchronized void put(long chat, ObjectNode message) {
    chats
        .computeIfAbsent(chat, key -> new TreeMap<>())
        .put(message.get("message_id").asInt(), message.deepCopy());
    notifyAll();
  }

  synchronized Optional<ObjectNode> find(long chat, int message) {
    return Optional.ofNullable(chats.getOrDefault(chat, new TreeMap<>()).get(message))
        .map(ObjectNode::deepCopy);
  }

  /** Returns whether it was there. */
  synchronized boolean remove(long chat, int message) {
    notifyAll();
    return chats.getOrDefault(chat, new TreeMap<>()).remove(message) != null;
  }
}
