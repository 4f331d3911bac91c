package dev.parley.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.model.Goldens;
import dev.parley.model.file.GgufFile;
import dev.parley.model.file.SafetensorsFile;
import dev.parley.model.file.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * The GGUF files that were made with the gguf package of small reference models, put together from
 * their headers and the weights in safetensors; that they are the same byte for byte is checked.
 */
final class GgufTwin {
  private static final Map<String, String> SHA_256 =
      Map.of(
          "gemma3", "0cc9fb03804c9ef722308ef115b0a0dc8de347631e6ed92d15f455426a3951c3",
          "gpt2", "12690598849a77e1fbe18f46aacbbe2629b456e0783721c96cb7983b4de56234",
          "qwen2", "d600ed88a6cfec23838c3736a75fa311fc0b3d25e8ca82fcf44ac6a8f688d38b",
          "qwen3", "cd028050468f1445bb08c1d7e7e2ab20b2c0f1113380b185562452bc18e7bb7e");

  private static final Map<String, String> PARTS =
      Map.ofEntries(
          Map.entry("attn_norm", "input_layernorm"),
          Map.entry("attn_q", "self_attn.q_proj"),
          Map.entry("attn_k", "self_attn.k_proj"),
          Map.entry("attn_v", "self_attn.v_proj"),
          Map.entry("attn_q_norm", "self_attn.q_norm"),
          Map.entry("attn_k_norm", "self_attn.k_norm"),
          Map.entry("attn_output", "self_attn.o_proj"),
          Map.entry("post_attention_norm", "post_attention_layernorm"),
          Map.entry("ffn_gate", "mlp.gate_proj"),
          Map.entry("ffn_up", "mlp.up_proj"),
          Map.entry("ffn_down", "mlp.down_proj"),
          Map.entry("post_ffw_norm", "post_feedforward_layernorm"),
          Map.entry("token_embd", "embed_tokens"),
          Map.entry("output_norm", "norm"));

  private static final Map<String, String> GPT2_PARTS =
      Map.ofEntries(
          Map.entry("attn_norm", "ln_1"),
          Map.entry("attn_qkv", "attn.c_attn"),
          Map.entry("attn_output", "attn.c_proj"),
          Map.entry("ffn_norm", "ln_2"),
          Map.entry("ffn_up", "mlp.c_fc"),
          Map.entry("ffn_down", "mlp.c_proj"),
          Map.entry("token_embd", "wte"),
          Map.entry("position_embd", "wpe"),
          Map.entry("output_norm", "ln_f"));

  private GgufTwin() {}

  /** Writes the file into a folder. */
  static Path write(String model, Path folder) throws IOException {
    byte[] header = Goldens.bytes("tiny/" + model + ".F32.header");
    Path path = folder.resolve(model + ".F32.gguf");
    try (SafetensorsFile weights = SafetensorsFile.open(Goldens.path("tiny/" + model))) {
      long floats = 0;
      for (String name : weights.names()) {
        floats += weights.tensor(name).elements();
      }
      ByteBuffer data = ByteBuffer.allocate((int) floats * Float.BYTES);
      data.order(ByteOrder.LITTLE_ENDIAN);
      Files.write(path, header);
      Files.write(path, data.array(), StandardOpenOption.APPEND);
      try (GgufFile names = GgufFile.open(path)) {
        for (String name : names.names()) {
          put(weights.tensor(twinOf(model, name)), model, data);
        }
      }
      Files.write(path, header);
      Files.write(path, data.array(), StandardOpenOption.APPEND);
    }
    assertThat(sha256(path)).isEqualTo(SHA_256.get(model));
    return path;
  }

  private static String twinOf(String model, String name) {
    boolean gpt2 = model.equals("gpt2");
    String kind = name.substring(name.lastIndexOf('.'));
    String stem = name.substring(0, name.lastIndexOf('.'));
    String layer = "";
    if (stem.startsWith("blk.")) {
      int end = stem.indexOf('.', 4);
      layer = (gpt2 ? "h." : "layers.") + stem.substring(4, end + 1);
      stem = stem.substring(end + 1);
    }
    String usual = model.equals("gemma3") ? "pre_feedforward" : "post_attention";
    String part =
        gpt2 ? GPT2_PARTS.get(stem) : PARTS.getOrDefault(stem, usual + "_layernorm"); // ffn_norm
    return (gpt2 ? "transformer." : "model.") + layer + part + kind;
  }

  /** Gemma's norms have 1 added, GPT-2's matrices are turned over. */
  private static void put(Tensor tensor, String model, ByteBuffer target) {
    float[] values = tensor.floats();
    boolean matrix = tensor.shape().length == 2 && !tensor.name().matches(".*\\.w[tp]e\\..*");
    if (model.equals("gpt2") && matrix) {
      int columns = (int) tensor.shape()[1];
      int rows = values.length / columns;
      for (int i = 0; i < values.length; i++) {
        target.putFloat(values[i % rows * columns + i / rows]);
      }
      return;
    }
    float offset = model.equals("gemma3") && tensor.shape().length == 1 ? 1 : 0;
    for (float value : values) {
      target.putFloat(value + offset);
    }
  }

  private static String sha256(Path file) throws IOException {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
