package dev.parley.model.ranking;

/**
 * How a ranker learns.
 *
 * @param epochs how often each reply is learned from
 * @param batchSize replies of a step, each against all others
 * @param learningRate the first; it falls to 0
 * @param decay what matrices lose at a step, times the learning rate
 * @param dropout share of the vectors' numbers left out at a step
 * @param width of embeddings that are learned without a teacher
 * @param out width of what is compared
 * @param ridge what the square of an embedding learned from a teacher costs
 * @param fewestTurns turns that a part of a text is in to be looked at
 * @param mostParts of texts that are looked at
 * @param seed of the first values, the order and dropout
 */
public record RankerOptions(
    int epochs,
    int batchSize,
    double learningRate,
    double decay,
    double dropout,
    int width,
    int out,
    double ridge,
    int fewestTurns,
    int mostParts,
    long seed) {
  public static final RankerOptions USUAL =
      new RankerOptions(8, 128, 4e-3, 0.1, 0.5, 128, 128, 1, 2, 1 << 15, 1);

  /** Counts of at least one. */
  public RankerOptions {
    if (epochs < 1 || batchSize < 1 || width < 1 || out < 1 || fewestTurns < 1 || mostParts < 1) {
      throw new IllegalArgumentException("counts are at least 1");
    }
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException("dropout is a share below 1, found " + dropout);
    }
    if (!(ridge > 0)) {
      throw new IllegalArgumentException("the ridge is above 0, found " + ridge);
    }
  }

  /** The same with another number of epochs. */
  public RankerOptions withEpochs(int other) {
    return new RankerOptions(
        other,
        batchSize,
        learningRate,
        decay,
        dropout,
        width,
        out,
        ridge,
        fewestTurns,
        mostParts,
        seed);
  }

  /** The same with another seed. */
  public RankerOptions withSeed(long other) {
    return new RankerOptions(
        epochs,
        batchSize,
        learningRate,
        decay,
        dropout,
        width,
        out,
        ridge,
        fewestTurns,
        mostParts,
        other);
  }
}
