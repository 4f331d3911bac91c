package dev.parley.usage;

/**
 * What was used in some time.
 *
 * @param questions accepted, failed ones not counted
 * @param answers generated
 * @param promptTokens read by the model
 * @param generatedTokens written by the model
 */
public record Totals(long questions, long answers, long promptTokens, long generatedTokens) {

  /** Read and written. */
  public long tokens() {
    return promptTokens + generatedTokens;
  }
}
