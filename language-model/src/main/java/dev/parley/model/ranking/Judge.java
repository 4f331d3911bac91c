package dev.parley.model.ranking;

import dev.parley.model.ChatMessage;
import java.util.List;

/** Says which of several answers is good. Thread-safe; closing it frees what it holds. */
public interface Judge extends AutoCloseable {
  /**
   * A number for each answer, the more the better; of one prompt alone they can be compared, as
   * natural logarithms of how likely each is to be the best.
   *
   * @param prompt the conversation up to the question
   * @param answers at least one, none empty
   * @throws dev.parley.model.ModelException where it cannot
   */
  double[] score(List<ChatMessage> prompt, List<String> answers);

  @Override
  void close();
}
