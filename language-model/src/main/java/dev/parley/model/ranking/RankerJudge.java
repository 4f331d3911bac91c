package dev.parley.model.ranking;

import dev.parley.model.ChatMessage;
import dev.parley.model.Role;
import java.util.List;

/**
 * By how well an answer fits the dialogue.
 *
 * @param ranker trained before
 */
public record RankerJudge(Ranker ranker) implements Judge {
  @Override
  public double[] score(List<ChatMessage> prompt, List<String> answers) {
    List<String> turns =
        prompt.stream()
            .filter(message -> message.role() != Role.SYSTEM)
            .map(ChatMessage::text)
            .toList();
    float[] scores = ranker.score(turns, answers);
    double[] wide = new double[scores.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = scores[i];
    }
    return wide;
  }

  @Override
  public void close() {}
}
