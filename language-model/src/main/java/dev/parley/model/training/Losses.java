package dev.parley.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Activation;

/** What training makes small: single numbers that can be differentiated, of vectors. */
public final class Losses {
  private Losses() {}

  /**
   * Mean cross-entropy in nats.
   *
   * @param logProbs of the tokens that were to be said
   */
  public static NDArray crossEntropy(NDArray logProbs) {
    return logProbs.mean().neg();
  }

  /**
   * Mean loss of pairs (Bradley and Terry 1952; Ouyang et al. 2022, equation 1).
   *
   * @param better scores of the answers that were preferred
   * @param worse those of the others, in the same order
   * @param margin by how much the better ones are to lead
   */
  public static NDArray pairwise(NDArray better, NDArray worse, double margin) {
    return logSigmoid(better.sub(worse).sub(margin)).mean().neg();
  }

  /**
   * Mean loss of direct preference optimization (Rafailov et al. 2023, equation 7), of sums of
   * log-probabilities over each answer.
   *
   * @param better of the answers that were preferred, by the model that learns
   * @param worse of the others
   * @param betterBefore of the preferred by the model that it begins with
   * @param worseBefore of the others by it
   * @param beta how dear it is to leave that model
   */
  public static NDArray directPreference(
      NDArray better, NDArray worse, NDArray betterBefore, NDArray worseBefore, double beta) {
    NDArray lead = better.sub(betterBefore).sub(worse.sub(worseBefore));
    return logSigmoid(lead.mul(beta)).mean().neg();
  }

  /**
   * Mean clipped objective of a policy, to be made small (Schulman et al. 2017, equation 7).
   *
   * @param logProbs of the tokens that were drawn
   * @param before what they were when they were drawn
   * @param advantages of each token
   * @param clip how far the ratio of the two may count
   */
  public static NDArray clippedPolicy(
      NDArray logProbs, NDArray before, NDArray advantages, double clip) {
    NDArray ratio = logProbs.sub(before).exp();
    NDArray cut = within(ratio, 1 - clip, 1 + clip);
    return NDArrays.minimum(ratio.mul(advantages), cut.mul(advantages)).mean().neg();
  }

  /**
   * Mean loss of values, half of the square, that may leave what they were only so far ({@code
   * baselines/ppo2/model.py} of OpenAI).
   *
   * @param values of each token
   * @param before what they were when the tokens were drawn
   * @param returns what they should have been
   * @param clip how far they may leave
   */
  public static NDArray clippedValue(NDArray values, NDArray before, NDArray returns, double clip) {
    NDArray near = before.add(within(values.sub(before), -clip, clip));
    NDArray free = values.sub(returns).square();
    return NDArrays.maximum(free, near.sub(returns).square()).mul(0.5).mean();
  }

  /** With bounds of the array's own type, or the result would be of theirs. */
  private static NDArray within(NDArray x, double least, double most) {
    return x.getDataType() == DataType.FLOAT32
        ? x.clip((float) least, (float) most)
        : x.clip(least, most);
  }

  /** In a form that overflows nowhere. */
  private static NDArray logSigmoid(NDArray x) {
    return Activation.softPlus(x.neg()).neg();
  }
}
