package dev.parley.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** A message as somebody sees it. */
record Shown(ObjectNode message) {
  long id() {
    return message.get("id").asLong();
  }

  long from() {
    return message.get("author").get("id").asLong();
  }

  String text() {
    return message.get("content").asText();
  }

  long repliesTo() {
    return message.path("message_reference").path("message_id").asLong();
  }

  /** Only for whoever did what it answers. */
  boolean isEphemeral() {
    return (message.path("flags").asInt() & 64) != 0;
  }

  boolean hidesPreviews() {
    return (message.path("flags").asInt() & 4) != 0;
  }

  List<String> buttons() {
    List<String> labels = new ArrayList<>();
    for (JsonNode row : message.path("components")) {
      for (JsonNode button : row.get("components")) {
        if (button.get("type").asInt() == 2) {
          labels.add(button.get("label").asText());
        }
      }
    }
    return labels;
  }

  /** What can be chosen from a menu. */
  List<String> choices() {
    List<String> labels = new ArrayList<>();
    message
        .path("components")
        .findValues("options")
        .forEach(options -> options.forEach(option -> labels.add(option.get("label").asText())));
    return labels;
  }

  /** The button, or the menu that holds the choice. */
  JsonNode component(String label) {
    for (JsonNode row : message.path("components")) {
      for (JsonNode component : row.get("components")) {
        if (component.path("label").asText().equals(label)
            || component.path("options").findValuesAsText("label").contains(label)) {
          return component;
        }
      }
    }
    throw new AssertionError("no button " + label + " among " + buttons() + choices());
  }

  /** Enough to see what is wrong. */
  @Override
  public String toString() {
    String text = text().length() > 200 ? text().substring(0, 200) + "…" : text();
    return id() + " " + text + " " + buttons() + choices() + " flags " + message.path("flags");
  }
}
