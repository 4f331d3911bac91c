package dev.parley.model.ranking;

import java.util.BitSet;

/** A vector of which most numbers are 0. Immutable. */
final class SparseVector {
  private final int[] places;
  private final float[] values;

  /** Takes what it is given: places rise. */
  SparseVector(int[] places, float[] values) {
    this.places = places;
    this.values = values;
  }

  int size() {
    return places.length;
  }

  int place(int index) {
    return places[index];
  }

  float value(int index) {
    return values[index];
  }

  /** Adds this, times a factor, to a whole vector. */
  void addTo(float[] whole, float factor) {
    for (int i = 0; i < places.length; i++) {
      whole[places[i]] += factor * values[i];
    }
  }

  /** Marks the places that are not 0. */
  void markIn(BitSet found) {
    for (int place : places) {
      found.set(place);
    }
  }

  float dot(float[] whole) {
    float sum = 0;
    for (int i = 0; i < places.length; i++) {
      sum += values[i] * whole[places[i]];
    }
    return sum;
  }
}
