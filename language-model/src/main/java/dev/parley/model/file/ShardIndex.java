package dev.parley.model.file;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * {@code model.safetensors.index.json}: which shard beside it holds which tensor. The shards are
 * links in the cache of the Hugging Face hub, so a link is followed, but a name may not lead out of
 * the directory.
 */
final class ShardIndex {
  static final String FILE_NAME = "model.safetensors.index.json";

  private static final String MAP = "weight_map";
  private static final Pattern PLAIN_NAME = Pattern.compile("[^/\\\\:\\x00]+\\.safetensors");

  private final Mapping index;
  private final Path directory;
  private final Map<String, SafetensorsReader> shards = new LinkedHashMap<>();

  private ShardIndex(Path directory, Arena arena) throws IOException {
    this.index = Mapping.of(directory.resolve(FILE_NAME), arena);
    this.directory = directory;
  }

  /** The weights that the index lists, in its order, from shards that live in the arena. */
  static Map<String, Tensor> read(Path directory, Arena arena) throws IOException {
    return new ShardIndex(directory, arena).read(arena);
  }

  private Map<String, Tensor> read(Arena arena) throws IOException {
    JsonNode map = JsonHeader.read(index, "index", 0, index.size()).path(MAP);
    if (!map.isObject()) {
      throw index.wrong(MAP, "an object of tensor and shard names", "none");
    }
    Map<String, Tensor> weights = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> place : map.properties()) {
      String name = place.getKey();
      String shardName = place.getValue().asText();
      SafetensorsReader shard = shard(shardName, arena);
      if (!shard.names().contains(name)) {
        throw index.wrong(MAP, "tensor " + name + " in " + shardName, "none of this name");
      }
      Tensor tensor = shard.weights().get(name);
      if (tensor != null) {
        weights.put(name, tensor);
      }
    }
    return weights;
  }

  private SafetensorsReader shard(String name, Arena arena) throws IOException {
    SafetensorsReader known = shards.get(name);
    if (known != null) {
      return known;
    }
    if (!PLAIN_NAME.matcher(name).matches()) {
      throw index.wrong(MAP, "names of .safetensors files beside it", name);
    }
    Path path = directory.resolve(name);
    if (!Files.isRegularFile(path)) {
      throw index.wrong(MAP, "the file " + name + " beside it", "none");
    }
    SafetensorsReader read = new SafetensorsReader(Mapping.of(path, arena));
    shards.put(name, read);
    return read;
  }
}
