package dev.parley.model.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * One event of a streamed answer, as read; what is absent is empty, or a missing node.
 *
 * @param thought the next piece of what was thought before, where the server tells it apart: in
 *     {@code reasoning_content} (DeepSeek, vLLM, llama-server) or {@code reasoning} (newer vLLM,
 *     Ollama, OpenRouter)
 * @param text the next piece of the answer
 * @param finishReason the server's word for why it ended
 * @param stoppedByText a stop text ended it, where the server tells (vLLM's {@code stop_reason})
 * @param usage the token counts
 * @param error what the server says went wrong in the middle of an answer
 */
record ChatChunk(
    String thought,
    String text,
    String finishReason,
    boolean stoppedByText,
    JsonNode usage,
    String error) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The last event of a stream: not JSON. */
  static final String DONE = "[DONE]";

  static ChatChunk parse(String data) throws JsonProcessingException {
    JsonNode event = JSON.readTree(data);
    JsonNode choice = event.path("choices").path(0);
    JsonNode delta = choice.path("delta");
    JsonNode usage = event.path("usage");
    String thought = delta.path("reasoning_content").asText("");
    return new ChatChunk(
        thought.isEmpty() ? delta.path("reasoning").asText("") : thought,
        delta.path("content").asText(""),
        choice.path("finish_reason").asText(""),
        choice.path("stop_reason").isTextual(),
        usage.isObject() ? usage : MissingNode.getInstance(),
        errorIn(event));
  }

  /** The words of an error body in the forms that servers use; empty where there is none. */
  static String errorIn(JsonNode body) {
    JsonNode error = body.path("error");
    for (JsonNode words : new JsonNode[] {error.path("message"), error, body.path("message")}) {
      if (words.isTextual()) {
        return words.asText();
      }
    }
    return error.isObject() ? "no reason given" : "";
  }
}
