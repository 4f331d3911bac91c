package dev.parley.training;

import dev.parley.model.ChatMessage;
import dev.parley.model.ModelException;
import dev.parley.model.engine.ModelParts;
import dev.parley.model.file.SafetensorsFile;
import dev.parley.model.file.Tensor;
import dev.parley.model.training.RewardModel;
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
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
public record RewardFolder(ModelParts parts, float[] head) implements AutoCloseable {
  /** Words, numbers, signs and another script: two vocabularies cut it in different places. */
  private static final String PROBE = "In the other harbour: 12,345 cafés & 3 fjords? {\"茶\"}";

  /**
   * Opens a folder.
   *
   * @throws ModelException where it has no reward model
   */
  public static RewardFolder open(Path path) throws IOException {
    Path file = new RunFolder(path).rewardHead();
    if (!Files.exists(file)) {
      throw new ModelException(
          "%s has no reward model: name the folder that ./parley train reward left."
              .formatted(path));
    }
    float[] head = head(file);
    return new RewardFolder(ModelParts.open(path, Map.of()), head);
  }

  private static float[] head(Path file) throws IOException {
    try (SafetensorsFile saved = SafetensorsFile.open(file)) {
      Tensor tensor = saved.tensor(RewardModel.HEAD);
      return tensor.floats();
    }
  }

  /** Changes where the reward model does. */
  String fingerprint() throws IOException {
    return parts.identity() + " " + Arrays.hashCode(head);
  }

  /** Memory that its network takes, in bytes. */
  long memory(int longest) throws IOException {
    return TrainingFootprint.of(parts.checkpoint(), Optional.empty(), 0, longest).weights();
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
   * @param network of {@link #parts()}
   */
  public RewardModel on(TrainableTransformer network) {
    if (head.length != network.width()) {
      throw new ModelException(
          "%s has a head for another network: it has %,d numbers, and the network's width is %,d."
              .formatted(parts.path(), head.length, network.width()));
    }
    return RewardModel.trained(network, head);
  }

  @Override
  public void close() {
    parts.close();
  }
}
