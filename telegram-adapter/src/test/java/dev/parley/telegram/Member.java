package dev.parley.telegram;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A person in a chat, who does what people do there. */
record Member(BotApiServer server, long id, String name, String language, long chat) {
  Member in(long other) {
    return new Member(server, id, name, language, other);
  }

  ObjectNode user() {
    return server
        .object()
        .put("id", id)
        .put("is_bot", false)
        .put("first_name", name)
        .put("language_code", language);
  }

  /** Writes a message; returns its id. */
  int says(String text) {
    return deliver(write(text));
  }

  int repliesTo(int other, String text) {
    return deliver(reply(other, text));
  }

  private ObjectNode reply(int other, String text) {
    ObjectNode message = write(text);
    BotApiServer.Shown target =
        server.in(chat).stream().filter(shown -> shown.id() == other).findFirst().orElseThrow();
    ObjectNode replied = message.putObject("reply_to_message");
    replied.put("message_id", other).put("date", 1);
    replied.set("from", target.message().get("from"));
    if (target.message().has("sender_chat")) {
      replied.set("sender_chat", target.message().get("sender_chat"));
    }
    replied.set("chat", message.get("chat"));
    return message;
  }

  void edits(int message, String text) {
    ObjectNode edited = server.object();
    BotApiServer.Shown old =
        server.in(chat).stream().filter(shown -> shown.id() == message).findFirst().orElseThrow();
    edited.setAll((ObjectNode) old.message());
    edited.put("text", text).put("edit_date", 2);
    server.deliver("edited_message", edited);
  }

  /** Presses a button under the newest message of the bot; returns what pops up. */
  String presses(String label) throws InterruptedException {
    return presses(server.ofBot(chat).getLast(), label);
  }

  String presses(BotApiServer.Shown shown, String label) throws InterruptedException {
    return forges(shown, shown.data(label));
  }

  /** Presses a button that need not be there. */
  String forges(BotApiServer.Shown shown, String data) throws InterruptedException {
    return server.awaitToast(server.press(user(), chat, shown.id(), data));
  }

  /** Who speaks for a chat: the group, where an admin is anonymous, or a channel. */
  int saysAs(long sender, String name, String text) {
    return deliver(as(sender, name, write(text)));
  }

  /** The same in reply to a message. */
  int repliesAs(long sender, String name, int other, String text) {
    return deliver(as(sender, name, reply(other, text)));
  }

  /** What a channel posts comes to the group that is linked with it. */
  int forwardsFrom(long channel, String name, String text) {
    ObjectNode message = as(channel, name, write(text)).put("is_automatic_forward", true);
    ((ObjectNode) message.get("from")).put("id", 777_000).put("is_bot", false);
    return deliver(message);
  }

  /** Telegram names bots of its own as the senders of such messages. */
  private ObjectNode as(long sender, String name, ObjectNode message) {
    message
        .putObject("from")
        .put("id", sender == chat ? 1_087_968_824L : 136_817_688L)
        .put("is_bot", true)
        .put("first_name", sender == chat ? "Group" : "Channel");
    message
        .putObject("sender_chat")
        .put("id", sender)
        .put("type", sender == chat ? "supergroup" : "channel")
        .put("title", name);
    return message;
  }

  private int deliver(ObjectNode message) {
    server.deliver("message", message);
    return message.get("message_id").asInt();
  }

  private ObjectNode write(String text) {
    ObjectNode message =
        server.write(
            chat, chat > 0 ? "private" : "supergroup", chat > 0 ? "" : "Tides", user(), text);
    ArrayNode entities = server.object().putArray("entities");
    if (text.startsWith("/")) {
      int end = text.indexOf(' ') < 0 ? text.length() : text.indexOf(' ');
      entities.addObject().put("type", "bot_command").put("offset", 0).put("length", end);
    }
    int mention = text.indexOf("@parley_test_bot");
    if (mention >= 0 && !text.startsWith("/")) {
      entities
          .addObject()
          .put("type", "mention")
          .put("offset", mention)
          .put("length", "@parley_test_bot".length());
    }
    if (!entities.isEmpty()) {
      message.set("entities", entities);
    }
    return message;
  }
}
