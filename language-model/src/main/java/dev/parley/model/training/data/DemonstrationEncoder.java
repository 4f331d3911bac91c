package dev.parley.model.training.data;

import java.util.List;

/** A way of making tokens of a conversation. Thread-safe. */
public sealed interface DemonstrationEncoder permits ChatEncoder, PlainEncoder {

  /**
   * One example that holds all answers, or one for each answer where no single text can hold them.
   * Empty where not even the last question leaves room for an answer.
   *
   * @throws dev.parley.model.ModelException where the model's chat template refuses the messages
   */
  List<EncodedExample> encode(Demonstration demonstration);
}
