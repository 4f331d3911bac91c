package dev.parley.telegram;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;

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

  /** Another program says something, as far as Telegram shows that to bots. */
  int saysAsBot(String text) {
    ObjectNode message = write(text);
    ((ObjectNode) message.get("from")).put("is_bot", true);
    return deliver(message);
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
    Chats.Shown target =
        server.in(chat).stream().filter(shown -> shown.id() == other).findFirst().orElseThrow();
    ObjectNode replied = message.putObject("reply_to_message");
    replied.put("message_id", other).put("date", 1);
    replied.put("text", target.text());
    replied.set("from", target.message().get("from"));
    if (target.message().has("sender_chat")) {
      replied.set("sender_chat", target.message().get("sender_chat"));
    }
    replied.set("chat", message.get("chat"));
    return message;
  }

  /** Sends a message that is more than words. */
  int sends(String text, Consumer<ObjectNode> more) {
    ObjectNode message = write(text);
    more.accept(message);
    return deliver(message);
  }

  /** Sends what an app sends for a text that is longer than a message. */
  void pastes(String text) {
    for (int from = 0; from < text.length(); from += 4_096) {
      says(text.substring(from, Math.min(text.length(), from + 4_096)));
    }
  }

  void sendsFile(String caption, String name, byte[] content) {
    sends(
        "",
        message -> {
          message.remove("text");
          message.put("caption", caption);
          message
              .putObject("document")
              .put("file_id", server.keep(content))
              .put("file_unique_id", name)
              .put("file_name", name)
              .put("file_size", content.length);
        });
  }

  int forwards(String author, String text) {
    return sends(
        text,
        message ->
            message
                .putObject("forward_origin")
                .put("type", "hidden_user")
                .put("date", 1)
                .put("sender_user_name", author));
  }

  void edits(int message, String text) {
    ObjectNode edited = server.object();
    Chats.Shown old =
        server.in(chat).stream().filter(shown -> shown.id() == message).findFirst().orElseThrow();
    edited.setAll((ObjectNode) old.message());
    edited.put("text", text).put("edit_date", 2);
    server.deliver("edited_message", edited);
  }

  /** Presses a button under the newest message of the bot; returns what pops up. */
  String presses(String label) throws InterruptedException {
    return presses(server.ofBot(chat).getLast(), label);
  }

  String presses(Chats.Shown shown, String label) throws InterruptedException {
    return forges(shown, shown.data(label));
  }

  /** Presses a button that need not be there. */
  String forges(Chats.Shown shown, String data) throws InterruptedException {
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
    server.chats().put(chat, message);
    server.deliver("message", message);
    return message.get("message_id").asInt();
  }

  /** Has these reactions to a message from now on. */
  void reacts(int message, String... emojis) {
    server.deliver("message_reaction", reaction(message, emojis));
  }

  /** As Telegram tells it: the chat and never the topic. */
  ObjectNode reaction(int message, String... emojis) {
    ObjectNode reaction = server.object().put("message_id", message).put("date", 1_763_900_000);
    reaction.putObject("chat").put("id", chat).put("type", chat > 0 ? "private" : "supergroup");
    reaction.set("user", user());
    reaction.putArray("old_reaction");
    ArrayNode now = reaction.putArray("new_reaction");
    for (String emoji : emojis) {
      now.addObject().put("type", "emoji").put("emoji", emoji);
    }
    return reaction;
  }

  /** Writes a message that is not delivered yet. */
  ObjectNode write(String text) {
    ObjectNode message =
        server
            .chats()
            .next(chat, chat > 0 ? "private" : "supergroup", chat > 0 ? "" : "Tides", user());
    message.put("text", text);
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
    server.chats().put(chat, message);
    return message;
  }
}
