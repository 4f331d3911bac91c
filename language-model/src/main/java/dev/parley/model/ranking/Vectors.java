package dev.parley.model.ranking;

/** Arithmetic of vectors, in place. */
final class Vectors {
  private Vectors() {}

  /** Makes it of length 1; nothing stays nothing. */
  static void normalise(float[] vector) {
    double squares = dot(vector, vector);
    if (squares > 0) {
      float factor = (float) (1 / Math.sqrt(squares));
      for (int i = 0; i < vector.length; i++) {
        vector[i] *= factor;
      }
    }
  }

  static float dot(float[] one, float[] other) {
    float sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }

  /** Adds a row of a matrix, times a factor. */
  static void add(float[] target, float[] matrix, int row, float factor) {
    int start = row * target.length;
    for (int i = 0; i < target.length; i++) {
      target[i] += factor * matrix[start + i];
    }
  }

  /** Adds a vector, times a factor. */
  static void add(float[] target, float[] vector, float factor) {
    add(target, vector, 0, factor);
  }

  /** Index of the greatest number, the first of equals. */
  static int greatest(float[] numbers) {
    int best = 0;
    for (int i = 1; i < numbers.length; i++) {
      if (numbers[i] > numbers[best]) {
        best = i;
      }
    }
    return best;
  }
}
