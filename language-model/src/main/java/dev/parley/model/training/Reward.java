package dev.parley.model.training;

import java.util.List;

/** How good answers are. */
@FunctionalInterface
public interface Reward {
  /** A number for each; more is better. */
  double[] score(List<Rollout> rollouts);
}
