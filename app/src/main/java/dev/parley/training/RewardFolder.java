package dev.parley.training;

import dev.parley.model.ChatMessage;
import dev.parley.model.ModelException;
import dev.parley.model.engine.ModelParts;
import dev.parley.model.file.MemoryTensors;
import dev.parley.model.file.ModelFormatException;
import dev.parley.model.file.SafetensorsFile;
import dev.parley.model.file.SafetensorsWriter;
import dev.parley.model.file.Tensor;
import dev.parley.model.training.Reading;
import dev.parley.model.training.RewardModel;
import dev.parley.model.transformer.Checkpoint;
import dev.parley.model.transformer.TrainableTransformer;
import dev.parley.model.transformer.TrainingFootprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a reward model's run left: a network, and the head beside it. Confined to one thread;
 * closing it closes the files.
 *
 * @param network the parts' own, or as much of it as is read with
 */
public record RewardFolder(
    ModelParts parts, Checkpoint network, Reading reading, RewardModel.Head head)
    implements AutoCloseable {
  /** Words, numbers, signs and another script: two vocabularies cut it in different places. */
  private static final String PROBE = "In the other harbour: 12,345 cafés & 3 fjords? {\"茶\"}";

  private static final String LAYERS = "layers";
  private static final String TOKENS = "tokens";
  private static final String MEAN = "mean";

  /**
   * Opens a folder.
   *
   * @throws ModelException where it has no reward model
   */
  @SuppressWarnings("MustBeClosedChecker") // closed with what is returned
  public static RewardFolder open(Path path) throws IOException {
    Path file = new RunFolder(path).rewardHead();
    if (!Files.exists(file)) {
      throw new ModelException(
          "%s has no reward model: name the folder that ./parley train reward left."
              .formatted(path));
    }
    try (SafetensorsFile saved = SafetensorsFile.open(file)) {
      Optional<Tensor> surface = saved.find(RewardModel.SURFACE);
      Reading reading =
          new Reading(
              number(saved, LAYERS),
              number(saved, TOKENS),
              Boolean.parseBoolean(saved.metadata().get(MEAN)),
              surface.isPresent());
      RewardModel.Head head =
          new RewardModel.Head(
              saved.tensor(RewardModel.HEAD).floats(),
              surface.isPresent() ? surface.get().floats() : new float[0]);
      ModelParts parts = ModelParts.open(path, Map.of());
      try {
        return new RewardFolder(parts, network(parts.checkpoint(), reading), reading, head);
      } catch (RuntimeException | Error e) {
        parts.close();
        throw e;
      }
    }
  }

  private static int number(SafetensorsFile saved, String name) throws ModelFormatException {
    String text = saved.metadata().getOrDefault(name, "0");
    try {
      return Integer.parseUnsignedInt(text);
    } catch (NumberFormatException e) {
      throw saved.error(name, "expected a number, found " + text);
    }
  }

  /**
   * As much of a model's network as is read with.
   *
   * @throws ModelException where it has fewer layers
   */
  static Checkpoint network(Checkpoint whole, Reading reading) {
    if (reading.layers() > whole.layers()) {
      throw new ModelException(
          "The model has %d layers, and the first %d are to be read with: ask for fewer."
              .formatted(whole.layers(), reading.layers()));
    }
    return reading.layers() == 0 ? whole : whole.first(reading.layers());
  }

  /** Writes what there is beside the network's weights. */
  static void write(RunFolder folder, Reading reading, RewardModel.Head head) throws IOException {
    try (MemoryTensors tensors = new MemoryTensors(folder.rewardHead())) {
      add(tensors, RewardModel.HEAD, head.head());
      if (reading.surface()) {
        add(tensors, RewardModel.SURFACE, head.surface());
      }
      Map<String, String> how =
          Map.of(
              LAYERS, String.valueOf(reading.layers()),
              TOKENS, String.valueOf(reading.tokens()),
              MEAN, String.valueOf(reading.mean()));
      SafetensorsWriter.write(folder.rewardHead(), tensors, how);
    }
  }

  private static void add(MemoryTensors tensors, String name, float[] values) {
    tensors.add(name, new long[] {values.length}, target -> target.put(values));
  }

  /** Changes where the reward model does. */
  String fingerprint() throws IOException {
    return "%s %s %d %d"
        .formatted(
            parts.identity(),
            reading,
            Arrays.hashCode(head.head()),
            Arrays.hashCode(head.surface()));
  }

  /** Memory that its network takes, in bytes. */
  long memory(int longest) throws IOException {
    return TrainingFootprint.of(network, Optional.empty(), 0, longest).weights();
  }

  /**
   * Looks whether it reads what another model writes.
   *
   * @throws ModelException where it reads other tokens
   */
  void requireReads(ModelParts other) {
    boolean same =
        parts.tokenizer().vocabularySize() == other.tokenizer().vocabularySize()
            && parts.endTokens().equals(other.endTokens())
            && Arrays.equals(tokens(parts), tokens(other));
    if (!same) {
      throw new ModelException(
          "The reward model in %s reads other tokens than %s writes: train it from the same model."
              .formatted(parts.path(), other.path()));
    }
  }

  private static int[] tokens(ModelParts of) {
    return of.template().encode(List.of(ChatMessage.user(PROBE)), of.tokenizer());
  }

  /**
   * What judges.
   *
   * @param network of {@link #network()}
   */
  public RewardModel on(TrainableTransformer network) {
    try {
      return RewardModel.trained(network, reading, head);
    } catch (IllegalArgumentException e) {
      throw new ModelException(
          "%s has a head for another network: %s.".formatted(parts.path(), e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    parts.close();
  }
}
