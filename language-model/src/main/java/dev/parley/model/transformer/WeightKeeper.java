package dev.parley.model.transformer;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;

/** What becomes of weights on their way to a script, which only lend their memory. Thread-safe. */
@FunctionalInterface
interface WeightKeeper {
  /** For a script that copies what it keeps. */
  WeightKeeper COPIED_BY_SCRIPT = (name, lent) -> IValue.from(lent);

  /**
   * Gives the script an array.
   *
   * @param name as {@link WeightNames} has it
   * @param lent valid until the script has it; possibly not contiguous
   */
  IValue keep(String name, PtNDArray lent);
}
