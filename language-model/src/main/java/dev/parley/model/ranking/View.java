package dev.parley.model.ranking;

import java.util.ArrayList;
import java.util.List;

/** Turns of a dialogue that a reply is compared with. */
enum View {
  /** Every turn. */
  WHOLE {
    @Override
    boolean has(int age) {
      return true;
    }
  },

  /** The turn that is replied to. */
  LAST {
    @Override
    boolean has(int age) {
      return age == 0;
    }
  },

  /** What the one who replies said before. */
  OWN {
    @Override
    boolean has(int age) {
      return age % 2 == 1;
    }
  };

  /** In the order in which a ranker has them. */
  static final List<View> ALL = List.of(values());

  /** What a turn counts beside the one after it. */
  private static final double FADING = 0.9;

  /**
   * Whether it has a turn.
   *
   * @param age 0 for the last turn, 1 for that before
   */
  abstract boolean has(int age);

  /** Of a dialogue's turns, those that it has. */
  List<Turn> of(List<Turn> turns) {
    List<Turn> some = new ArrayList<>();
    for (int i = 0; i < turns.size(); i++) {
      if (has(turns.size() - 1 - i)) {
        some.add(turns.get(i));
      }
    }
    return some;
  }

  /** What each turn counts; the sum is 1, or 0 where nothing was said. */
  float[] weights(List<Turn> turns) {
    float[] weights = new float[turns.size()];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      int age = weights.length - 1 - i;
      if (has(age)) {
        weights[i] = (float) (Math.pow(FADING, age) * turns.get(i).length());
        sum += weights[i];
      }
    }
    for (int i = 0; i < weights.length && sum > 0; i++) {
      weights[i] = (float) (weights[i] / sum);
    }
    return weights;
  }
}
