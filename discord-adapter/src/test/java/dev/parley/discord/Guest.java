package dev.parley.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.discord.Visits.Visit;
import java.util.Map;
import java.util.Optional;

/** A person in a channel, who does what people do there. */
record Guest(DiscordServer server, long id, String name, String locale, long channel) {
  static final String MENTION = "<@" + World.BOT + "> ";

  /** Somebody in their private chat with the bot. */
  static Guest inPrivate(DiscordServer server, long id, String name, String locale) {
    server.addUser(id, name);
    return new Guest(server, id, name, locale, server.privateChannel(id));
  }

  Guest in(long other) {
    return new Guest(server, id, name, locale, other);
  }

  long says(String text) {
    return server.say(channel, id, text, message -> {});
  }

  long mentions(String text) {
    return says(MENTION + text);
  }

  long repliesTo(long other, String text) {
    return server.say(
        channel,
        id,
        text,
        message ->
            message
                .put("type", 19)
                .putObject("message_reference")
                .put("type", 0)
                .put("channel_id", Long.toString(channel))
                .put("message_id", Long.toString(other)));
  }

  long sendsFile(String text, String name, byte[] content) {
    String url = server.keep(content);
    return server.say(
        channel,
        id,
        text,
        message ->
            ((ArrayNode) message.get("attachments"))
                .addObject()
                .put("id", "1")
                .put("filename", name)
                .put("size", content.length)
                .put("url", url)
                .put("proxy_url", url)
                .put("flags", 0));
  }

  void edits(long message, String text) {
    server.change(
        channel,
        message,
        old -> old.put("content", text).put("edited_timestamp", "2026-11-26T00:00:00Z"));
  }

  void deletes(long message) {
    server.delete(channel, message);
  }

  void reacts(long message, String emoji, boolean add) {
    ObjectNode event =
        server
            .object()
            .put("user_id", Long.toString(id))
            .put("channel_id", Long.toString(channel))
            .put("message_id", Long.toString(message))
            .put("type", 0)
            .put("burst", false);
    if (add) {
      event.put("message_author_id", DiscordServer.APPLICATION);
    }
    event.putObject("emoji").putNull("id").put("name", emoji);
    server.tell(add ? "MESSAGE_REACTION_ADD" : "MESSAGE_REACTION_REMOVE", event);
  }

  /** Uses a slash command, and waits for its first answer. */
  Visit runs(String command, String... options) throws InterruptedException {
    return server.answered(command(2, command, options));
  }

  /** Uses one and does not wait. */
  void gives(String command) {
    command(2, command);
  }

  /** What is offered while the last of the options is typed. */
  JsonNode completes(String command, String... options) throws InterruptedException {
    return server.answered(command(4, command, options)).choices.orElseThrow();
  }

  private Visit command(int type, String command, String... options) {
    ObjectNode data = server.object().put("id", "1").put("type", 1).put("name", command);
    ArrayNode values = data.putArray("options");
    for (int i = 0; i < options.length; i += 2) {
      ObjectNode option =
          values.addObject().put("name", options[i]).put("type", 3).put("value", options[i + 1]);
      if (type == 4 && i + 2 >= options.length) {
        option.put("focused", true);
      }
    }
    return server.visit(type, id, channel, locale, data, Optional.empty());
  }

  /** Chooses something for a message. */
  Visit choosesFor(Shown message, String menu) throws InterruptedException {
    ObjectNode data =
        server
            .object()
            .put("id", "1")
            .put("type", 3)
            .put("name", menu)
            .put("target_id", Long.toString(message.id()));
    ObjectNode resolved = data.putObject("resolved").putObject("messages");
    resolved.set(Long.toString(message.id()), message.message().deepCopy());
    return server.answered(server.visit(2, id, channel, locale, data, Optional.empty()));
  }

  /** Presses a button, and waits for the first answer. */
  Visit presses(Shown shown, String label) throws InterruptedException {
    JsonNode component = shown.component(label);
    ObjectNode data =
        server
            .object()
            .put("component_type", 2)
            .put("id", 1)
            .put("custom_id", component.get("custom_id").asText());
    return visitUnder(shown, data);
  }

  /** Presses a button that need not be there. */
  Visit forges(Shown shown, String customId) throws InterruptedException {
    return visitUnder(
        shown, server.object().put("component_type", 2).put("id", 1).put("custom_id", customId));
  }

  /** Chooses from a menu. */
  Visit chooses(Shown shown, String label) throws InterruptedException {
    JsonNode menu = shown.component(label);
    ObjectNode data =
        server
            .object()
            .put("component_type", 3)
            .put("id", 1)
            .put("custom_id", menu.get("custom_id").asText());
    for (JsonNode option : menu.get("options")) {
      if (option.get("label").asText().equals(label)) {
        data.putArray("values").add(option.get("value").asText());
      }
    }
    return visitUnder(shown, data);
  }

  private Visit visitUnder(Shown shown, ObjectNode data) throws InterruptedException {
    Visit visit = server.visit(3, id, channel, locale, data, Optional.of(shown.message()));
    return server.answered(visit);
  }

  /** Fills in the form that an interaction opened. */
  Visit submits(Visit opened, Map<String, String> values) throws InterruptedException {
    JsonNode form = opened.form.orElseThrow();
    ObjectNode data = server.object().put("custom_id", form.get("custom_id").asText());
    ArrayNode components = data.putArray("components");
    int number = 1;
    for (JsonNode label : form.get("components")) {
      String field = label.get("component").get("custom_id").asText();
      ObjectNode component = components.addObject().put("type", 18).put("id", number++);
      component
          .putObject("component")
          .put("type", 4)
          .put("id", number++)
          .put("custom_id", field)
          .put("value", values.getOrDefault(field, label.get("component").path("value").asText()));
    }
    return server.answered(server.visit(5, id, channel, locale, data, Optional.empty()));
  }
}
