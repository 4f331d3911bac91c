package dev.parley.model.ranking;

import dev.parley.model.text.Grams;
import java.util.List;

/**
 * What a {@link Ranker} is measured against: the reply that has most in common with all turns
 * before it, by TF-IDF alone. Immutable.
 */
public final class CommonWords {
  private static final int FEWEST_TEXTS = 2;
  private static final int MOST_PARTS = 1 << 15;

  private final Texts texts;

  /** Knows from dialogues how rare everything is. */
  public CommonWords(List<Dialogue> dialogues) {
    List<String> turns = dialogues.stream().flatMap(each -> each.turns().stream()).toList();
    this.texts = Texts.of(turns, FEWEST_TEXTS, MOST_PARTS);
  }

  /** As {@link Ranker#best}. */
  public int best(List<String> turns, List<String> replies) {
    float[][] overlaps =
        texts.overlaps(
            turns.stream().map(texts::read).toList(), replies.stream().map(texts::read).toList());
    float[] whole = new float[replies.size()];
    for (int space = 0; space < Grams.values().length; space++) {
      int row = space * View.ALL.size() + View.ALL.indexOf(View.WHOLE);
      Vectors.add(whole, overlaps[row], 1);
    }
    return Vectors.greatest(whole);
  }
}
