package dev.parley.model.training.data;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.model.ChatMessage;
import dev.parley.model.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Conversations as files spell them: lists of messages by OpenAI ({@code role}, {@code content})
 * and ShareGPT ({@code from}, {@code value}), Alpaca's instruction, input and history, and
 * Anthropic's plain text. The rules of {@link Turns} are not checked here.
 */
final class Conversations {
  static final List<String> LISTS = List.of("messages", "conversations", "conversation");
  static final List<String> QUESTION = List.of("instruction", "prompt", "question", "query");

  private static final List<String> SYSTEM = List.of("system");
  private static final List<String> INPUT = List.of("input");
  private static final List<String> HISTORY = List.of("history");
  private static final List<String> ROLE = List.of("role", "from");
  private static final List<String> CONTENT = List.of("content", "value");
  private static final List<String> WEIGHT = List.of("weight");
  private static final Pattern SPEAKER = Pattern.compile("(?:^|\n\n)(Human|Assistant):");

  private Conversations() {}

  /** The list of messages in a row that has one, after its system text. */
  static List<ChatMessage> ofList(JsonRow row) {
    List<ChatMessage> messages = system(row);
    messages.addAll(ofList(LISTS.getFirst(), row.list(LISTS)));
    return messages;
  }

  static List<ChatMessage> ofList(String where, List<JsonNode> list) {
    return list.stream()
        .map(message -> message(JsonRow.of("a turn of " + where, message)))
        .toList();
  }

  static ChatMessage message(JsonRow message) {
    if (message.find(WEIGHT).map(weight -> weight.asDouble(1) != 1).orElse(false)) {
      throw new RowException("expected no turn with a weight of its own, found one");
    }
    return new ChatMessage(role(message.requireText(ROLE)), message.requireText(CONTENT));
  }

  private static Role role(String name) {
    return switch (name) {
      case "user", "human" -> Role.USER;
      case "assistant", "gpt", "chatgpt", "bot", "model" -> Role.ASSISTANT;
      case "system", "developer" -> Role.SYSTEM;
      default ->
          throw new RowException(
              "expected the role user, assistant or system, found \"%s\"".formatted(name));
    };
  }

  /**
   * System text, history and question of a row that has no list.
   *
   * @param input where the input is, which some rows have apart
   */
  static List<ChatMessage> ofInstruction(JsonRow row, JsonRow input) {
    List<ChatMessage> messages = system(row);
    for (JsonNode pair : row.list(HISTORY)) {
      List<JsonNode> texts = JsonRow.asList("a pair of history", pair);
      if (texts.size() != 2) {
        throw new RowException(
            "expected a question and an answer as a pair of history, found a list of "
                + texts.size());
      }
      messages.add(ChatMessage.user(JsonRow.asText("a question of history", texts.get(0))));
      messages.add(ChatMessage.assistant(JsonRow.asText("an answer of history", texts.get(1))));
    }
    Stream<String> question = Stream.of(row.requireText(QUESTION), input.text(INPUT).orElse(""));
    messages.add(
        ChatMessage.user(
            question.filter(text -> !text.isBlank()).collect(Collectors.joining("\n"))));
    return messages;
  }

  /** Whether this is a conversation in Anthropic's plain text. */
  static boolean isPlain(String text) {
    return text.stripLeading().startsWith("Human:");
  }

  /** The turns of {@code "\n\nHuman: …\n\nAssistant: …"}, without the space around each. */
  static List<ChatMessage> ofPlain(String text) {
    List<ChatMessage> messages = new ArrayList<>();
    String stripped = text.stripLeading();
    Matcher speaker = SPEAKER.matcher(stripped);
    boolean found = speaker.find();
    while (found) {
      Role role = speaker.group(1).equals("Human") ? Role.USER : Role.ASSISTANT;
      int from = speaker.end();
      found = speaker.find();
      String said = stripped.substring(from, found ? speaker.start() : stripped.length()).strip();
      messages.add(new ChatMessage(role, said));
    }
    return messages;
  }

  /** An empty system text is how rows say that there is none. */
  private static List<ChatMessage> system(JsonRow row) {
    List<ChatMessage> messages = new ArrayList<>();
    row.text(SYSTEM)
        .filter(text -> !text.isBlank())
        .ifPresent(text -> messages.add(ChatMessage.system(text)));
    return messages;
  }
}
