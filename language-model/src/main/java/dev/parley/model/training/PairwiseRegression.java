package dev.parley.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Weights of figures by which the better of two is told (Bradley and Terry 1952): logistic
 * regression of the differences, without a constant, by Newton's method.
 */
final class PairwiseRegression {
  private static final int MOST_STEPS = 30;
  private static final double CLOSE_ENOUGH = 1e-6;

  private PairwiseRegression() {}

  /**
   * Weights that make the loss of all pairs, and half the ridges times the weights' squares, as
   * small as they can be.
   *
   * @param memory for arrays, which are freed before the end
   * @param differences figures of the better less those of the worse, of each pair
   * @param ridges greater than 0, one for each figure
   */
  static float[] fit(NDManager memory, float[][] differences, float[] ridges) {
    try (NDManager step = memory.newSubManager()) {
      NDArray x = matrix(step, differences, ridges.length);
      NDArray ridge = step.create(ridges).toType(DataType.FLOAT64, false);
      NDArray diagonal = step.eye(ridges.length).toType(DataType.FLOAT64, false).mul(ridge);
      NDArray weights = step.zeros(new Shape(ridges.length), DataType.FLOAT64);
      for (int i = 0; i < MOST_STEPS; i++) {
        NDArray wrong = x.matMul(weights).exp().add(1).pow(-1); // how likely the worse one seems
        NDArray down = x.transpose().matMul(wrong).sub(ridge.mul(weights));
        NDArray each = wrong.mul(wrong.neg().add(1)).expandDims(1);
        NDArray curve = x.transpose().matMul(x.mul(each)).add(diagonal);
        NDArray change = curve.inverse().matMul(down);
        weights = weights.add(change);
        if (change.abs().max().getDouble() < CLOSE_ENOUGH) {
          break;
        }
      }
      return weights.toType(DataType.FLOAT32, false).toFloatArray();
    }
  }

  private static NDArray matrix(NDManager step, float[][] rows, int columns) {
    float[] all = new float[Math.multiplyExact(rows.length, columns)];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, all, i * columns, columns);
    }
    return step.create(all, new Shape(rows.length, columns)).toType(DataType.FLOAT64, false);
  }
}
