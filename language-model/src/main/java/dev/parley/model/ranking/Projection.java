package dev.parley.model.ranking;

/** An affine map. Immutable. */
final class Projection {
  private final float[] weight;
  private final float[] bias;

  /**
   * Takes what it is given.
   *
   * @param weight {@code [in, out]}
   * @param bias {@code [out]}
   */
  Projection(float[] weight, float[] bias) {
    this.weight = weight;
    this.bias = bias;
  }

  float[] weight() {
    return weight.clone();
  }

  float[] bias() {
    return bias.clone();
  }

  float[] of(float[] vector) {
    float[] result = bias.clone();
    for (int i = 0; i < vector.length; i++) {
      Vectors.add(result, weight, i, vector[i]);
    }
    return result;
  }
}
