package dev.parley.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A model folder whose weights are more than a machine has, all holes that take no room. */
final class HugeModel {
  private static final Path TINY =
      Path.of("../language-model/src/test/resources/dev/parley/model/tiny/llama-tied");

  private static final String FIRST_LAYER = "model.layers.0.";
  private static final int WIDTH = 128;
  private static final int GREATEST_WIDTH = 1 << 20;

  /** Three matrices of 16 bits. */
  private static final long BYTES_OF_LAYER = 3 * 64 * 2L * GREATEST_WIDTH;

  private final ObjectMapper json = new ObjectMapper();
  private final ObjectNode header = json.createObjectNode();
  private long end;

  private HugeModel() {}

  /** A tiny model whose first layer is made wide, and repeated until some memory is taken. */
  static Path write(Path folder, long memory) throws IOException {
    new HugeModel().write(folder, Math.toIntExact(memory / BYTES_OF_LAYER + 1));
    return folder;
  }

  private void write(Path folder, int layers) throws IOException {
    Files.createDirectories(folder);
    Files.copy(TINY.resolve("tokenizer.json"), folder.resolve("tokenizer.json"));
    ObjectNode config = (ObjectNode) json.readTree(TINY.resolve("config.json").toFile());
    config.put("intermediate_size", GREATEST_WIDTH).put("num_hidden_layers", layers);
    json.writeValue(folder.resolve("config.json").toFile(), config);
    for (Map.Entry<String, JsonNode> tensor : tensors().properties()) {
      String name = tensor.getKey();
      if (name.startsWith(FIRST_LAYER)) {
        for (int layer = 0; layer < layers; layer++) {
          add(name.replace(FIRST_LAYER, "model.layers." + layer + "."), tensor.getValue());
        }
      } else if (!name.startsWith("model.layers.") && !name.startsWith("__")) {
        add(name, tensor.getValue());
      }
    }
    byte[] bytes = header.toString().getBytes(StandardCharsets.UTF_8);
    try (RandomAccessFile file =
        new RandomAccessFile(folder.resolve("model.safetensors").toFile(), "rw")) {
      file.writeLong(Long.reverseBytes(bytes.length));
      file.write(bytes);
      file.setLength(Long.BYTES + bytes.length + end);
    }
  }

  private JsonNode tensors() throws IOException {
    ByteBuffer tiny = ByteBuffer.wrap(Files.readAllBytes(TINY.resolve("model.safetensors")));
    int length = (int) tiny.order(ByteOrder.LITTLE_ENDIAN).getLong();
    return json.readTree(tiny.array(), Long.BYTES, length);
  }

  private void add(String name, JsonNode tensor) {
    ObjectNode wide = tensor.deepCopy();
    ArrayNode shape = wide.withArray("shape");
    long numbers = 1;
    for (int i = 0; i < shape.size(); i++) {
      if (shape.get(i).asInt() == WIDTH) {
        shape.set(i, GREATEST_WIDTH);
      }
      numbers *= shape.get(i).asLong();
    }
    wide.putArray("data_offsets").add(end).add(end + numbers * Float.BYTES);
    end += numbers * Float.BYTES;
    header.set(name, wide);
  }
}
