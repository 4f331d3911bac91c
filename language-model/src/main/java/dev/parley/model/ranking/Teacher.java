package dev.parley.model.ranking;

import java.util.List;

/**
 * Knows what turns mean and teaches it to a ranker, for instance a language model by its hidden
 * states.
 */
@FunctionalInterface
public interface Teacher {
  /**
   * A vector for each turn, all of the same width.
   *
   * @param turns of all dialogues, one dialogue after the other
   */
  List<float[]> vectors(List<String> turns);
}
