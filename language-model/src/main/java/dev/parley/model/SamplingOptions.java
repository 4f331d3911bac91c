package dev.parley.model;

import java.util.OptionalLong;

/**
 * How the next token is drawn. The processors apply in the order of Hugging Face's transformers:
 * repetition penalty, temperature, top-k, top-p, min-p. The frequency penalty, which is OpenAI's,
 * follows the repetition penalty, as in vLLM.
 *
 * @param temperature 0 is greedy (the other processors but the penalty are then without effect);
 *     else 0.01 to 10
 * @param topK keep the k best tokens (ties with the k-th stay); 0 keeps all
 * @param topP keep the smallest set of tokens whose probability reaches this, in (0, 1]; 1 keeps
 *     all
 * @param minP drop tokens less probable than this share of the best one, in [0, 1]; 0 keeps all
 * @param repetitionPenalty divides positive and multiplies negative logits of every token seen
 *     before (prompt included), once each; at least 1, where 1 changes nothing
 * @param frequencyPenalty subtracted from a token's logit for each time the answer has it already;
 *     0 to 2, where 0 changes nothing. Unlike the repetition penalty it ends loops without keeping
 *     the answer from the words of the conversation
 * @param seed the same seed, prompt and options give the same answer whatever else runs, on a
 *     processor; on a graphics card what else runs moves the last bits. Empty draws one
 */
public record SamplingOptions(
    double temperature,
    int topK,
    double topP,
    double minP,
    double repetitionPenalty,
    double frequencyPenalty,
    OptionalLong seed) {

  /** Always the most probable token. */
  public static final SamplingOptions GREEDY =
      new SamplingOptions(0, 0, 1, 0, 1, 0, OptionalLong.empty());

  public SamplingOptions {
    require(
        temperature == 0 || (temperature >= 0.01 && temperature <= 10),
        "temperature",
        temperature,
        "0, or 0.01 to 10");
    require(topK >= 0, "topK", topK, "0 or more");
    require(topP > 0 && topP <= 1, "topP", topP, "more than 0 and at most 1");
    require(minP >= 0 && minP <= 1, "minP", minP, "0 to 1");
    require(
        repetitionPenalty >= 1 && repetitionPenalty <= 10,
        "repetitionPenalty",
        repetitionPenalty,
        "1 to 10");
    require(
        frequencyPenalty >= 0 && frequencyPenalty <= 2,
        "frequencyPenalty",
        frequencyPenalty,
        "0 to 2");
  }

  public SamplingOptions withTemperature(double value) {
    return new SamplingOptions(value, topK, topP, minP, repetitionPenalty, frequencyPenalty, seed);
  }

  public SamplingOptions withSeed(long value) {
    return new SamplingOptions(
        temperature, topK, topP, minP, repetitionPenalty, frequencyPenalty, OptionalLong.of(value));
  }

  private static void require(boolean holds, String name, double value, String range) {
    if (!holds) {
      throw new IllegalArgumentException(name + " must be " + range + ", not " + value);
    }
  }
}
