package dev.parley.model.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** The JSON of model files: one object, nested seven deep at most, no name twice. */
final class JsonHeader {
  /** {@code MAX_HEADER_SIZE} of the safetensors library. */
  static final long MOST_BYTES = 100_000_000;

  private static final int DEEPEST = 16;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonHeader() {}

  /** The object in {@code length} bytes from {@code start}, both inside the file. */
  static JsonNode read(Mapping mapping, String field, long start, long length)
      throws ModelFormatException {
    if (length > MOST_BYTES) {
      throw mapping.wrong(field, "at most " + MOST_BYTES + " bytes", Long.toString(length));
    }
    JsonNode node;
    try {
      node = MAPPER.readTree(mapping.utf8(field, start, length));
    } catch (JsonProcessingException e) {
      throw mapping.wrong(field, "JSON", "a fault (" + e.getOriginalMessage() + ")");
    }
    if (!node.isObject()) {
      throw mapping.wrong(field, "a JSON object", "other JSON");
    }
    return node;
  }
}
