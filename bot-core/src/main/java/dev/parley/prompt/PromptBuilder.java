package dev.parley.prompt;

import com.ibm.icu.text.BreakIterator;
import dev.parley.model.ChatMessage;
import dev.parley.model.LanguageModel;
import dev.parley.model.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Fits a conversation into the model's context. When it outgrows the budget, the oldest turns leave
 * in one block, down to half the budget, and stay away: between two such moments every prompt is
 * the previous one with something appended, which the model's cache needs. Thread-safe.
 */
public final class PromptBuilder {
  /** Share of the budget that remains in use after a block was forgotten. */
  private static final double KEPT_SHARE = 0.5;

  /**
   * No turn is tried whose text together with the newer ones has more characters than this per
   * token of the budget: text of real languages has under 8, so trying would only cost time.
   */
  private static final int MOST_CHARACTERS_PER_TOKEN = 12;

  private final LanguageModel model;
  private final boolean briefSystemPrompt;

  /**
   * @param briefSystemPrompt whether the model is too small to follow the full system prompt
   */
  public PromptBuilder(LanguageModel model, boolean briefSystemPrompt) {
    this.model = model;
    this.briefSystemPrompt = briefSystemPrompt;
  }

  /**
   * Builds the prompt for answering (or, where an assistant's turn is last, for continuing) the
   * last turn.
   *
   * @param summary what a summary says of the turns before {@code keptFrom}
   * @param turns the active path, oldest first, not empty
   * @param keptFrom where the last prompt of this conversation began; unknown ids mean the
   *     beginning
   * @param budget most tokens of the prompt
   */
  public Prompt build(
      SystemPrompt system,
      Optional<String> summary,
      List<Turn> turns,
      OptionalLong keptFrom,
      int budget) {
    if (turns.isEmpty()) {
      throw new IllegalArgumentException("a prompt needs a turn");
    }
    ChatMessage first = systemMessage(system, summary, budget / 2);
    int begin = indexOf(turns, keptFrom);
    List<ChatMessage> all = messages(first, turns, begin);
    int tokens = withinReach(turns, begin, budget) ? model.countTokens(all) : Integer.MAX_VALUE;
    if (tokens <= budget) {
      return new Prompt(all, tokens, turns.get(begin).id(), false, OptionalLong.empty());
    }
    return forget(first, turns, begin, budget);
  }

  private Prompt forget(ChatMessage first, List<Turn> turns, int begin, int budget) {
    int[] starts =
        IntStream.range(begin, turns.size())
            .filter(i -> turns.get(i).role() == Role.USER)
            .toArray();
    int target = (int) (budget * KEPT_SHARE);
    int low = 0; // of the starts: the first whose turns fit, or the last, the question itself
    int high = starts.length - 1;
    while (low < high) {
      int middle = (low + high) / 2;
      if (withinReach(turns, starts[middle], target)
          && model.countTokens(messages(first, turns, starts[middle])) <= target) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    int start = starts[low];
    boolean forgot = start > begin;
    List<ChatMessage> kept = messages(first, turns, start);
    int tokens = withinReach(turns, start, budget) ? model.countTokens(kept) : Integer.MAX_VALUE;
    return tokens <= budget
        ? new Prompt(kept, tokens, turns.get(start).id(), forgot, OptionalLong.empty())
        : cutQuestion(first, turns, start, forgot, budget);
  }

  /** Keeps the end of a question that alone is too long. */
  private Prompt cutQuestion(
      ChatMessage first, List<Turn> turns, int last, boolean forgot, int budget) {
    Turn question = turns.get(last);
    String text = question.text();
    int low = 0; // characters of the end that certainly fit
    int high = Math.min(text.length(), budget * MOST_CHARACTERS_PER_TOKEN);
    while (low < high) {
      int middle = (low + high + 1) / 2;
      if (model.countTokens(messages(first, withText(turns, last, end(text, middle)), last))
          <= budget) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    String kept = atWordStart(end(text, low));
    List<ChatMessage> messages = messages(first, withText(turns, last, kept), last);
    int tokens = model.countTokens(messages);
    if (tokens > budget) {
      throw new IllegalArgumentException(
          "the system prompt leaves no room for a question: it needs "
              + tokens
              + " of "
              + budget
              + " tokens; shorten the operator's prompt or choose a model with a longer context");
    }
    return new Prompt(messages, tokens, question.id(), forgot, OptionalLong.of(words(kept)));
  }

  /**
   * Everything, unless that leaves too little for the turns: then without the summary, and with no
   * more of the person's notes than there is room for.
   */
  private ChatMessage systemMessage(SystemPrompt system, Optional<String> summary, int most) {
    ChatMessage message = systemMessage(system, summary);
    if (fits(message, most)) {
      return message;
    }
    SystemPrompt shorter = system;
    message = systemMessage(shorter, Optional.empty());
    while (!fits(message, most) && shorter.longestNote() > 0) {
      shorter = shorter.withNotesUpTo(shorter.longestNote() * 3 / 4);
      message = systemMessage(shorter, Optional.empty());
    }
    return message;
  }

  private boolean fits(ChatMessage message, int tokens) {
    return model.countTokens(List.of(message)) <= tokens;
  }

  private ChatMessage systemMessage(SystemPrompt system, Optional<String> summary) {
    String text = briefSystemPrompt ? system.brief() : system.full();
    return ChatMessage.system(
        summary
            .map(earlier -> text + "\n\nWhat was said earlier, in short:\n" + Quote.of(earlier))
            .orElse(text));
  }

  private static List<ChatMessage> messages(ChatMessage first, List<Turn> turns, int begin) {
    List<ChatMessage> messages = new ArrayList<>(turns.size() - begin + 1);
    messages.add(first);
    turns.subList(begin, turns.size()).forEach(turn -> messages.add(turn.toChatMessage()));
    return messages;
  }

  private static boolean withinReach(List<Turn> turns, int begin, int budget) {
    long most = (long) budget * MOST_CHARACTERS_PER_TOKEN;
    long characters = 0;
    for (int i = turns.size() - 1; i >= begin && characters <= most; i--) {
      characters += turns.get(i).text().length();
    }
    return characters <= most;
  }

  private static int indexOf(List<Turn> turns, OptionalLong id) {
    if (id.isPresent()) {
      for (int i = 0; i < turns.size(); i++) {
        if (turns.get(i).id() == id.getAsLong()) {
          return i;
        }
      }
    }
    return 0;
  }

  private static List<Turn> withText(List<Turn> turns, int index, String text) {
    List<Turn> changed = new ArrayList<>(turns);
    Turn turn = turns.get(index);
    changed.set(index, new Turn(turn.id(), turn.role(), turn.speaker(), text));
    return changed;
  }

  private static String end(String text, int characters) {
    int from = text.length() - characters;
    if (from > 0 && from < text.length() && Character.isLowSurrogate(text.charAt(from))) {
      from++;
    }
    return text.substring(from);
  }

  /** Drops the rest of a word at the beginning, where the text has words. */
  private static String atWordStart(String text) {
    int space = text.indexOf(' ');
    return space >= 0 && space < 40 ? text.substring(space + 1) : text;
  }

  private static long words(String text) {
    BreakIterator words = BreakIterator.getWordInstance(Locale.ROOT);
    words.setText(text);
    long count = 0;
    while (words.next() != BreakIterator.DONE) {
      if (words.getRuleStatus() != BreakIterator.WORD_NONE) {
        count++;
      }
    }
    return count;
  }
}
