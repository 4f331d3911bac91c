package dev.parley.model.training.data;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.model.ChatMessage;
import dev.parley.model.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The shapes of rows that preferences come in: a prompt and two answers or a ranked list of them;
 * or two whole conversations that share all but the last answer, as lists or in plain text.
 */
final class PreferenceShapes {
  private static final List<String> CHOSEN = List.of("chosen", "selected", "response_chosen");
  private static final List<String> REJECTED = List.of("rejected", "response_rejected");
  private static final List<String> RANKED = List.of("responses");
  private static final List<String> PROMPT = List.of("prompt");

  private PreferenceShapes() {}

  /** Whether a row has answers to compare. */
  static boolean fit(JsonRow row) {
    return row.has(RANKED) || (row.has(CHOSEN) && row.has(REJECTED));
  }

  static List<Preference> read(JsonRow row, String id) {
    Optional<List<ChatMessage>> prompt = prompt(row);
    if (row.has(RANKED)) {
      return ranked(row, prompt.orElseThrow(() -> noPrompt(row)), id);
    }
    List<ChatMessage> chosen = answer(row, CHOSEN);
    List<ChatMessage> rejected = answer(row, REJECTED);
    List<ChatMessage> beginning = prompt.orElseGet(() -> beginning(chosen));
    if (beginning.isEmpty()) {
      throw noPrompt(row);
    }
    return List.of(
        new Preference(
            id, beginning, last(beginning, chosen, CHOSEN), last(beginning, rejected, REJECTED)));
  }

  /** All pairs of a list from the best answer to the worst. */
  private static List<Preference> ranked(JsonRow row, List<ChatMessage> prompt, String id) {
    List<String> answers = new ArrayList<>();
    for (JsonNode answer : row.list(RANKED)) {
      answers.add(last(prompt, answer(RANKED.getFirst(), answer), RANKED));
    }
    if (answers.size() < 2) {
      throw new RowException("expected two responses or more, found " + answers.size());
    }
    List<Preference> pairs = new ArrayList<>();
    for (int better = 0; better < answers.size(); better++) {
      for (int worse = better + 1; worse < answers.size(); worse++) {
        String own = "%s (%d before %d)".formatted(id, better + 1, worse + 1);
        pairs.add(new Preference(own, prompt, answers.get(better), answers.get(worse)));
      }
    }
    return pairs;
  }

  /** Whether a row has answers to choose from. */
  static boolean isOne(JsonRow row) {
    return row.has(RANKED) || row.has(CHOSEN);
  }

  /** The turns of a row without the answers to choose from; empty where it names none. */
  static Optional<List<ChatMessage>> prompt(JsonRow row) {
    if (row.has(Conversations.LISTS)) {
      return Optional.of(Conversations.ofList(row));
    }
    Optional<JsonNode> prompt = row.find(PROMPT);
    if (prompt.map(JsonNode::isArray).orElse(false)) {
      return prompt.map(list -> Conversations.ofList("prompt", list.valueStream().toList()));
    }
    if (prompt.map(text -> Conversations.isPlain(text.asText())).orElse(false)) {
      List<ChatMessage> turns = Conversations.ofPlain(row.requireText(PROMPT));
      boolean opensAnswer = turns.getLast().equals(ChatMessage.assistant(""));
      return Optional.of(opensAnswer ? beginning(turns) : turns);
    }
    return row.has(Conversations.QUESTION)
        ? Optional.of(Conversations.ofInstruction(row, row))
        : Optional.empty();
  }

  private static List<ChatMessage> answer(JsonRow row, List<String> names) {
    String name = row.name(names).orElseThrow(() -> row.missing(names));
    return answer(name, row.object().path(name));
  }

  /** An answer, alone or after the conversation it belongs to. */
  private static List<ChatMessage> answer(String where, JsonNode value) {
    List<ChatMessage> turns =
        switch (value.getNodeType()) {
          case ARRAY -> Conversations.ofList(where, JsonRow.asList(where, value));
          case OBJECT -> List.of(Conversations.message(new JsonRow(value)));
          default -> {
            String text = JsonRow.asText(where, value);
            yield Conversations.isPlain(text)
                ? Conversations.ofPlain(text)
                : List.of(ChatMessage.assistant(text));
          }
        };
    if (turns.isEmpty() || turns.getLast().role() != Role.ASSISTANT) {
      throw new RowException(
          "expected an answer of the assistant as %s, found none".formatted(where));
    }
    return turns;
  }

  private static String last(
      List<ChatMessage> prompt, List<ChatMessage> turns, List<String> names) {
    List<ChatMessage> before = beginning(turns);
    if (!before.isEmpty() && !before.equals(prompt)) {
      throw new RowException(
          "expected %s to go on from the same turns as the prompt, found others"
              .formatted(names.getFirst()));
    }
    return turns.getLast().text();
  }

  private static List<ChatMessage> beginning(List<ChatMessage> turns) {
    return turns.subList(0, turns.size() - 1);
  }

  private static RowException noPrompt(JsonRow row) {
    return row.missing(List.of("messages", "conversations", "prompt"));
  }
}
