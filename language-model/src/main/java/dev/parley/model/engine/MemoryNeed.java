package dev.parley.model.engine;

import dev.parley.model.file.ModelFormatException;
import dev.parley.model.transformer.Checkpoint;
import dev.parley.model.transformer.Footprint;
import dev.parley.model.transformer.MemoryPlan;
import dev.parley.model.transformer.Processor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The memory that a process with a model takes, in bytes, before it is loaded. A bound: beside the
 * KV cache 1 to 8 % more than was measured with networks of up to 600 million weights, vocabularies
 * of 5,000 to 151,936 tokens and the launcher's options for Java, and 24 % more with everything
 * full.
 *
 * @param processor where the network lies: on a card, its part is not the machine's
 * @param program Java, libtorch and the vocabulary
 * @param network weights and KV cache
 * @param idle conversations that lost their slot
 */
public record MemoryNeed(Processor processor, long program, Footprint network, long idle) {
  /** Java with its libraries and libtorch: 236 to 252 MB were measured, the vocabulary apart. */
  private static final long LIBRARIES = 260_000_000;

  /**
   * What a model will take. Starts libtorch where it is to choose the processor.
   *
   * @param path as for {@link LocalModel#load}
   * @throws ModelFormatException where a file is malformed or of a family this version does not run
   */
  public static MemoryNeed of(Path path, LocalModelOptions options) throws IOException {
    ModelLoader.stayOffline();
    try (ModelFiles files = ModelFiles.open(path)) {
      List<MemoryPlan> plans =
          MemoryPlan.of(
              files.checkpoint(), options.processor().orElseGet(Processor::best), options.wanted());
      return of(files, plans.getFirst(), options);
    }
  }

  static MemoryNeed of(ModelFiles files, MemoryPlan plan, LocalModelOptions options)
      throws ModelFormatException {
    Checkpoint checkpoint = files.checkpoint();
    Footprint network = Footprint.of(checkpoint, plan, Beginning.PIECE);
    long vocabulary = (long) checkpoint.vocabulary() * files.bytesPerToken();
    long longest = network.cache() / plan.slots();
    return new MemoryNeed(
        plan.processor(),
        LIBRARIES + vocabulary,
        network,
        PrefixCache.mostBytes(options.prefixes(), longest));
  }

  /** When it is loaded and nobody has written. */
  public long besideCache() {
    return program + network.weights();
  }

  /** While it is being loaded. */
  public long toLoad() {
    return besideCache() + network.loading();
  }

  /** At any time with every slot full; idle conversations come on top. */
  public long full() {
    long serving = network.embedding() + network.step() + network.cache();
    return besideCache() + Math.max(network.loading(), serving);
  }

  /** At any time. */
  public long most() {
    return full() + idle;
  }
}
