package dev.parley.queue;

import dev.parley.model.GenerationResult;

/** How long prompts and answers were lately: exponential means. Guarded by the queue's lock. */
final class MeanLength {
  private static final double WEIGHT = 0.05;

  private double promptTokens = 150;
  private double generatedTokens = 120;

  void add(GenerationResult result) {
    promptTokens += WEIGHT * (computed(result) - promptTokens);
    generatedTokens += WEIGHT * (result.generatedTokens() - generatedTokens);
  }

  double promptTokens() {
    return promptTokens;
  }

  double generatedTokens() {
    return generatedTokens;
  }

  /** What a request is thought to cost, in tokens. */
  double cost() {
    return promptTokens + generatedTokens;
  }

  /** What a request did cost. */
  static double cost(GenerationResult result) {
    return (double) computed(result) + result.generatedTokens();
  }

  private static int computed(GenerationResult result) {
    return result.promptTokens() - result.cachedTokens();
  }
}
