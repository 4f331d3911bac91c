package dev.parley.model.ranking;

import java.util.ArrayList;
import java.util.List;

/** Says by vectors and what texts have in common how well a reply fits. Immutable. */
final class Head {
  /** Turns before a reply that are told apart: more are as many as this. */
  static final int MOST_TURNS = 10;

  private final List<Projection> contexts;
  private final List<Projection> replies;
  private final float[] positions;
  private final float[] similarities;
  private final float[] overlaps;

  /**
   * Takes what it is given.
   *
   * @param contexts one for each of {@link View}
   * @param replies likewise
   * @param positions added to the projected last turn {@code [MOST_TURNS + 1, out]}
   * @param similarities what the cosine of each view counts
   * @param overlaps what each of {@link Texts#overlaps} counts
   */
  Head(
      List<Projection> contexts,
      List<Projection> replies,
      float[] positions,
      float[] similarities,
      float[] overlaps) {
    this.contexts = List.copyOf(contexts);
    this.replies = List.copyOf(replies);
    this.positions = positions;
    this.similarities = similarities;
    this.overlaps = overlaps;
  }

  List<Projection> contexts() {
    return contexts;
  }

  List<Projection> replies() {
    return replies;
  }

  float[] positions() {
    return positions.clone();
  }

  float[] similarities() {
    return similarities.clone();
  }

  float[] overlaps() {
    return overlaps.clone();
  }

  /**
   * Scores replies.
   *
   * @param turns how many there are before them
   * @param views a vector for each of {@link View}
   * @param vectors of the replies
   * @param common as {@link Texts#overlaps}
   */
  float[] score(int turns, List<float[]> views, List<float[]> vectors, float[][] common) {
    List<float[]> contextVectors = new ArrayList<>();
    for (int view = 0; view < similarities.length; view++) {
      float[] projected = contexts.get(view).of(views.get(view));
      if (View.ALL.get(view) == View.LAST) {
        Vectors.add(projected, positions, Math.min(turns, MOST_TURNS), 1);
      }
      Vectors.normalise(projected);
      contextVectors.add(projected);
    }
    float[] scores = new float[vectors.size()];
    for (int i = 0; i < scores.length; i++) {
      for (int view = 0; view < similarities.length; view++) {
        float[] projected = replies.get(view).of(vectors.get(i));
        Vectors.normalise(projected);
        scores[i] += similarities[view] * Vectors.dot(contextVectors.get(view), projected);
      }
      for (int k = 0; k < overlaps.length; k++) {
        scores[i] += overlaps[k] * common[k][i];
      }
    }
    return scores;
  }
}
