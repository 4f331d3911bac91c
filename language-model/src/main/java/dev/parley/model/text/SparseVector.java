package dev.parley.model.text;

import java.util.BitSet;

/** A vector of which most numbers are 0. Immutable. */
public final class SparseVector {
  private final int[] places;
  private final float[] values;

  /** Takes what it is given: places rise. */
  public SparseVector(int[] places, float[] values) {
    this.places = places;
    this.values = values;
  }

  /** How many numbers may be other than 0. */
  public int size() {
    return places.length;
  }

  /** Where one of them stands. */
  public int place(int index) {
    return places[index];
  }

  /** What stands there. */
  public float value(int index) {
    return values[index];
  }

  /** Adds this, times a factor, to a whole vector. */
  public void addTo(float[] whole, float factor) {
    for (int i = 0; i < places.length; i++) {
      whole[places[i]] += factor * values[i];
    }
  }

  /** Marks the places that are not 0. */
  public void markIn(BitSet found) {
    for (int place : places) {
      found.set(place);
    }
  }

  /** Sum of the products with a whole vector. */
  public float dot(float[] whole) {
    float sum = 0;
    for (int i = 0; i < places.length; i++) {
      sum += values[i] * whole[places[i]];
    }
    return sum;
  }
}
