package dev.parley.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.model.file.JsonFile;
import dev.parley.model.file.MemoryTensors;
import dev.parley.model.transformer.Checkpoint;
import dev.parley.model.transformer.Processor;
import dev.parley.model.transformer.TrainableTransformer;
import dev.parley.model.transformer.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/**
 * The shape of a network that is trained from scratch: of the Llama family, its head the embedding.
 *
 * @param width a multiple of twice the heads
 * @param longest most tokens of a sequence
 */
record SmallNetwork(
    int vocabulary, int layers, int width, int heads, int feedForward, int longest) {
  private static final Path NAME = Path.of("network");
  private static final float DEVIATION = 0.05f;

  /** One that knows nothing: weights drawn at random. */
  TrainableTransformer begin(long seed) throws IOException {
    try (MemoryTensors weights = random(new Random(seed))) {
      return load(Checkpoint.of(weights, config()));
    }
  }

  /** One that knows what another one knows. */
  TrainableTransformer copy(TrainableTransformer other) throws IOException {
    try (MemoryTensors weights = other.weights()) {
      return load(other.checkpoint(weights));
    }
  }

  private TrainableTransformer load(Checkpoint checkpoint) throws IOException {
    return TrainableTransformer.full(checkpoint, Processor.CPU, Weights.FP32, longest);
  }

  private JsonFile config() {
    ObjectNode config =
        JsonNodeFactory.instance
            .objectNode()
            .put("model_type", "llama")
            .put("vocab_size", vocabulary)
            .put("hidden_size", width)
            .put("num_hidden_layers", layers)
            .put("num_attention_heads", heads)
            .put("intermediate_size", feedForward)
            .put("max_position_embeddings", longest)
            .put("tie_word_embeddings", true);
    return JsonFile.of(NAME, config);
  }

  private MemoryTensors random(Random random) {
    MemoryTensors weights = new MemoryTensors(NAME);
    matrix(weights, random, "model.embed_tokens", vocabulary, width);
    for (int i = 0; i < layers; i++) {
      String layer = "model.layers." + i + ".";
      ones(weights, layer + "input_layernorm");
      for (String projection : new String[] {"q_proj", "k_proj", "v_proj", "o_proj"}) {
        matrix(weights, random, layer + "self_attn." + projection, width, width);
      }
      ones(weights, layer + "post_attention_layernorm");
      matrix(weights, random, layer + "mlp.gate_proj", feedForward, width);
      matrix(weights, random, layer + "mlp.up_proj", feedForward, width);
      matrix(weights, random, layer + "mlp.down_proj", width, feedForward);
    }
    ones(weights, "model.norm");
    return weights;
  }

  private static void matrix(
      MemoryTensors weights, Random random, String name, int rows, int columns) {
    weights.add(
        name + ".weight",
        new long[] {rows, columns},
        target -> {
          while (target.hasRemaining()) {
            target.put(DEVIATION * (float) random.nextGaussian());
          }
        });
  }

  private void ones(MemoryTensors weights, String name) {
    float[] ones = new float[width];
    Arrays.fill(ones, 1);
    weights.add(name + ".weight", new long[] {width}, target -> target.put(ones));
  }
}
