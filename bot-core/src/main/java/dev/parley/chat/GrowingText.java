package dev.parley.chat;

import dev.parley.moderation.Finding;
import dev.parley.moderation.Sentences;
import dev.parley.moderation.WordBreaks;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * An answer while it grows: a sentence is given out once it is whole and nobody objects to it.
 * Confined to the thread that writes.
 */
final class GrowingText {
  /** Characters after which nobody waits for a sentence's end. */
  private static final int LONGEST = 300;

  /** Characters before a sentence that are read with it: what it means depends on them. */
  private static final int BEFORE = 300;

  private final Function<String, Optional<Finding>> judge;
  private final boolean keepsBack;
  private final StringBuilder given = new StringBuilder();
  private final StringBuilder held = new StringBuilder();
  private Optional<Finding> finding = Optional.empty();

  /**
   * @param judge says why a text is objected to
   * @param keepsBack whether nothing more is given out then
   */
  GrowingText(Function<String, Optional<Finding>> judge, boolean keepsBack) {
    this.judge = judge;
    this.keepsBack = keepsBack;
  }

  /** Takes more; returns what may be shown now, in order, maybe nothing. */
  String add(String piece) {
    held.append(piece);
    int end = held.length() > LONGEST ? endOfLong() : endOfWhole();
    if (end == 0 || (keepsBack && finding.isPresent())) {
      return "";
    }
    String next = held.substring(0, end);
    finding = finding.or(() -> judge.apply(next)).or(() -> judge.apply(before() + next));
    if (keepsBack && finding.isPresent()) {
      return "";
    }
    held.delete(0, end);
    given.append(next);
    return next;
  }

  private String before() {
    String last = given.substring(Math.max(0, given.length() - 2 * BEFORE));
    return last.length() <= BEFORE
        ? last
        : last.substring(WordBreaks.upTo(last, last.length() - BEFORE));
  }

  /** Why it is objected to, as far as it was looked at. */
  Optional<Finding> finding() {
    return finding;
  }

  /** Without its last word, which may go on. */
  private int endOfLong() {
    return WordBreaks.upTo(held.toString(), held.length() - 1);
  }

  private int endOfWhole() {
    List<String> sentences = Sentences.of(held.toString());
    return sentences.isEmpty() ? 0 : held.length() - sentences.getLast().length();
  }
}
