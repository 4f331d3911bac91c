package dev.parley.model.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A model as the server's {@code /v1/models} lists it.
 *
 * @param name what a request calls it
 * @param contextLength in tokens; 0 where the server does not tell
 */
record ServedModel(String name, int contextLength) {
  /** vLLM; OpenRouter and Together; Groq. */
  private static final List<String> CONTEXT_FIELDS =
      List.of("max_model_len", "context_length", "context_window");

  /** The one of this name, or the first where the name is empty. */
  static Optional<ServedModel> find(String name, JsonNode listing) {
    return StreamSupport.stream(listing.path("data").spliterator(), false)
        .filter(model -> model.path("id").isTextual())
        .map(model -> new ServedModel(model.path("id").asText(), contextLength(model)))
        .filter(model -> name.isEmpty() || model.name.equals(name))
        .findFirst();
  }

  private static int contextLength(JsonNode model) {
    Stream<JsonNode> told = CONTEXT_FIELDS.stream().map(model::path);
    JsonNode llamaServer = model.path("meta").path("n_ctx");
    return Stream.concat(told, Stream.of(llamaServer))
        .mapToInt(JsonNode::asInt)
        .filter(length -> length > 0)
        .findFirst()
        .orElse(0);
  }
}
