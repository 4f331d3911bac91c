package dev.parley.model.template;

import dev.parley.model.ChatMessage;
import dev.parley.model.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Hides people's text from a template, which may fold, cut, replace or join it. Characters that
 * could spell a control token are exchanged for halves of surrogate pairs, which no text has and no
 * folding changes: whatever a template does, no control token in what it writes has a character of
 * people's text. For one rendering; confined to one thread.
 */
final class Veil {
  private static final char FIRST = Character.MIN_LOW_SURROGATE;
  private static final int STAND_INS = Character.MAX_LOW_SURROGATE - FIRST + 1;
  private static final char REPLACEMENT = '\uFFFD';

  private final Tokenizer tokenizer;
  private final Map<Integer, Integer> shown = new HashMap<>();
  private final List<Integer> hidden = new ArrayList<>();

  Veil(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  List<ChatMessage> cover(List<ChatMessage> messages) {
    return messages.stream()
        .map(message -> new ChatMessage(message.role(), cover(message.text())))
        .toList();
  }

  private String cover(String text) {
    StringBuilder covered = new StringBuilder(text.length());
    text.codePoints()
        .map(each -> shown.computeIfAbsent(each, this::standIn))
        .forEach(covered::appendCodePoint);
    return covered.toString();
  }

  private int standIn(int codePoint) {
    if (isHalf(codePoint)) {
      return REPLACEMENT;
    }
    boolean spells = tokenizer.spellsControl(codePoint);
    // pairs too, so that no template can cut them in half
    if (!spells && (Character.isBmpCodePoint(codePoint) || hidden.size() >= STAND_INS / 2)) {
      return codePoint;
    }
    if (hidden.size() == STAND_INS) {
      throw new TemplateException("they have too many different characters");
    }
    hidden.add(codePoint);
    return FIRST + hidden.size() - 1;
  }

  /** Gives back what was hidden, in whatever the template made of it. */
  String uncover(String rendered) {
    StringBuilder text = new StringBuilder(rendered.length());
    rendered
        .codePoints()
        .map(
            each -> {
              int index = each - FIRST;
              boolean known = isHalf(each) && index >= 0 && index < hidden.size();
              return known ? hidden.get(index) : isHalf(each) ? REPLACEMENT : each;
            })
        .forEach(text::appendCodePoint);
    return text.toString();
  }

  private static boolean isHalf(int codePoint) {
    return Character.getType(codePoint) == Character.SURROGATE;
  }
}
