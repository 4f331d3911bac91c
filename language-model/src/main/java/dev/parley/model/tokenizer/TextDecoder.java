package dev.parley.model.tokenizer;

import java.util.ArrayList;
import java.util.List;

/**
 * Turns tokens into text one by one and never hands out half a character. Confined to one thread.
 */
public final class TextDecoder {
  /** A character has at most four bytes, each possibly a token of its own. */
  private static final int MOST_TOKENS_OF_A_CHARACTER = 4;

  private static final char REPLACEMENT = '\uFFFD';

  private final Tokenizer tokenizer;
  private List<Integer> context = List.of();
  private final List<Integer> pending = new ArrayList<>();

  TextDecoder(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** Adds a token and returns the text that is complete now, possibly none. */
  public String add(int id) {
    if (tokenizer.isHidden(id)) {
      return "";
    }
    pending.add(id);
    String text = text();
    boolean halfCharacter =
        !text.isEmpty()
            && text.charAt(text.length() - 1) == REPLACEMENT
            && pending.size() < MOST_TOKENS_OF_A_CHARACTER;
    if (halfCharacter) {
      return "";
    }
    context = List.copyOf(pending);
    pending.clear();
    return text;
  }

  /** Returns what was held back. */
  public String finish() {
    String text = pending.isEmpty() ? "" : text();
    pending.clear();
    return text;
  }

  /**
   * The text of the pending tokens after the last ones: a tokenizer may strip the very first space.
   */
  private String text() {
    List<Integer> all = new ArrayList<>(context);
    all.addAll(pending);
    return decode(all).substring(decode(context).length());
  }

  private String decode(List<Integer> ids) {
    return tokenizer.decode(ids.stream().mapToInt(Integer::intValue).toArray());
  }
}
