package dev.parley.model.remote;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.model.ChatMessage;
import dev.parley.model.GenerationOptions;
import dev.parley.model.SamplingOptions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one answer is asked with, in the JSON of {@code /v1/chat/completions}. Servers differ in
 * what they take beyond the core of the protocol; what a server has refused by name is left out
 * from then on.
 *
 * @param promptTokens an estimate
 */
record ChatRequest(
    String model,
    List<ChatMessage> messages,
    GenerationOptions options,
    int promptTokens,
    int maxTokens) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** OpenAI's newer models refuse {@code max_tokens} and name this instead. */
  private static final String NEWER_MAX_TOKENS = "max_completion_tokens";

  /** vLLM says repetition_penalty, llama.cpp and Ollama repeat_penalty. */
  private static final List<String> BEYOND_THE_CORE =
      List.of(
          "stream_options", "top_k", "min_p", "repetition_penalty", "repeat_penalty", "ignore_eos");

  ChatRequest {
    messages = List.copyOf(messages);
  }

  /** The body without the {@code refused} fields. */
  String json(Set<String> refused) {
    ObjectNode body = JSON.createObjectNode().put("model", model).put("stream", true);
    body.putObject("stream_options").put("include_usage", true);
    ArrayNode list = body.putArray("messages");
    for (ChatMessage message : messages) {
      list.addObject().put("role", message.role().wireName()).put("content", message.text());
    }
    body.put("max_tokens", maxTokens);
    putSampling(body, options.sampling());
    if (!options.stopTexts().isEmpty()) {
      options.stopTexts().forEach(body.putArray("stop")::add);
    }
    if (options.ignoreEnd()) {
      body.put("ignore_eos", true);
    }
    body.remove(refused);
    if (refused.contains("max_tokens")) {
      body.put(NEWER_MAX_TOKENS, maxTokens);
    }
    return body.toString();
  }

  private static void putSampling(ObjectNode body, SamplingOptions sampling) {
    body.put("temperature", sampling.temperature());
    if (sampling.topP() != 1) {
      body.put("top_p", sampling.topP());
    }
    if (sampling.topK() != 0) {
      body.put("top_k", sampling.topK());
    }
    if (sampling.minP() != 0) {
      body.put("min_p", sampling.minP());
    }
    if (sampling.frequencyPenalty() != 0) {
      body.put("frequency_penalty", sampling.frequencyPenalty());
    }
    if (sampling.repetitionPenalty() != 1) {
      body.put("repetition_penalty", sampling.repetitionPenalty());
      body.put("repeat_penalty", sampling.repetitionPenalty());
    }
    sampling.seed().ifPresent(seed -> body.put("seed", seed));
  }

  /** The field that a complaint of the server names and that the next request can do without. */
  static Optional<String> refusedField(String complaint) {
    if (complaint.contains(NEWER_MAX_TOKENS)) {
      return Optional.of("max_tokens");
    }
    return BEYOND_THE_CORE.stream().filter(complaint::contains).findFirst();
  }
}
