package dev.parley.model.training.data;

import dev.parley.model.ChatMessage;
import dev.parley.model.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Makes conversations fit a length: whole turns go, the oldest first, as few as need be; the system
 * text stays, and so do the last question and the beginning of its answer.
 *
 * @param maxTokens most tokens of an example, at least 2
 */
record Fitting(int maxTokens) {
  Fitting {
    if (maxTokens < 2) {
      throw new IllegalArgumentException("maxTokens must be at least 2, not " + maxTokens);
    }
  }

  /**
   * One example of a conversation; none where no room is left for the last answer.
   *
   * @param whole what becomes of all messages
   */
  List<EncodedExample> fit(
      List<ChatMessage> messages,
      EncodedExample whole,
      Function<List<ChatMessage>, EncodedExample> encode) {
    if (whole.length() <= maxTokens) {
      return List.of(whole);
    }
    List<ChatMessage> kept = shorten(messages, shorter -> encode.apply(shorter).length());
    EncodedExample example = encode.apply(kept).cut(maxTokens);
    return example.trainedTokens() == 0 ? List.of() : List.of(example.asShortened());
  }

  /**
   * The longest end of a conversation too long that fits, found by halving; the shortest one where
   * none does.
   *
   * @param tokens the length of what becomes of messages
   */
  List<ChatMessage> shorten(List<ChatMessage> messages, ToIntFunction<List<ChatMessage>> tokens) {
    int tooFew = 0;
    int enough = (int) messages.stream().filter(each -> each.role() == Role.USER).count() - 1;
    while (enough - tooFew > 1) {
      int middle = (tooFew + enough) / 2;
      if (tokens.applyAsInt(without(messages, middle)) <= maxTokens) {
        enough = middle;
      } else {
        tooFew = middle;
      }
    }
    return without(messages, enough);
  }

  /** Without so many turns of a question and its answer. */
  private static List<ChatMessage> without(List<ChatMessage> messages, int turns) {
    int system = messages.getFirst().role() == Role.SYSTEM ? 1 : 0;
    List<ChatMessage> kept = new ArrayList<>(messages.subList(0, system));
    kept.addAll(messages.subList(system + 2 * turns, messages.size()));
    return kept;
  }
}
