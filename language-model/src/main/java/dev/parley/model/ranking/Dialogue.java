package dev.parley.model.ranking;

import java.util.List;

/**
 * A dialogue to learn from: each turn but the first is a right reply to those before it.
 *
 * @param turns by two people in alternation, at least two
 * @param rejected replies in the place of the last turn that were worse
 */
public record Dialogue(List<String> turns, List<String> rejected) {
  /** Copies what it is given. */
  public Dialogue {
    turns = List.copyOf(turns);
    rejected = List.copyOf(rejected);
    if (turns.size() < 2) {
      throw new IllegalArgumentException("a dialogue has two turns or more, found " + turns.size());
    }
  }

  /** One without rejected replies. */
  public static Dialogue of(String... turns) {
    return new Dialogue(List.of(turns), List.of());
  }
}
