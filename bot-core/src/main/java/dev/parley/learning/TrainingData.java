package dev.parley.learning;

import dev.parley.conversation.MessageTree;
import dev.parley.storage.Database;

/**
 * What may be learned from, read anew from the database each time: whoever agreed no longer, was
 * erased or deleted something is not in the next snapshot. Thread-safe.
 */
public final class TrainingData {
  private final ConsentStore consents;
  private final SignalStore signals;
  private final ComparisonStore comparisons;
  private final MessageTree tree;

  public TrainingData(
      Database database, ConsentStore consents, ComparisonStore comparisons, MessageTree tree) {
    this.consents = consents;
    this.signals = new SignalStore(database);
    this.comparisons = comparisons;
    this.tree = tree;
  }

  /** What may be learned from now. */
  public TrainingSet snapshot() {
    Gathering gathering = new Gathering(tree, consents.all());
    gathering.judged(signals.judgements());
    gathering.compared(comparisons.decided());
    gathering.kept(signals.keepings());
    return gathering.done();
  }
}
