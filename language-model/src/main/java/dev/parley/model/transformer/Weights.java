package dev.parley.model.transformer;

/** How the projections are held in memory. */
public enum Weights {
  /** As they were computed with: exact, twice the memory. */
  FP32,
  /** Half precision, packed for the processor; activations stay fp32. */
  FP16
}
