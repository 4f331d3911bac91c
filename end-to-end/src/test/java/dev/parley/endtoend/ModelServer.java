package dev.parley.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.function.UnaryOperator;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** An OpenAI-compatible server whose model says what a test wrote for it. Thread-safe. */
public final class ModelServer extends Dispatcher implements AutoCloseable {
  static final String NAME = "scripted";
  private static final int CONTEXT = 100_000;

  /** Characters of one event. */
  private static final int PIECE = 200;

  private final ObjectMapper json = new ObjectMapper();
  private final MockWebServer server = new MockWebServer();
  private final UnaryOperator<String> script;

  /**
   * Starts one on a free port.
   *
   * @param script what is answered to a question
   */
  public ModelServer(UnaryOperator<String> script) throws IOException {
    this.script = script;
    server.setDispatcher(this);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getPort() + "/v1";
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    try {
      if (request.getUrl().encodedPath().endsWith("/models")) {
        ObjectNode listing = json.createObjectNode();
        listing.putArray("data").addObject().put("id", NAME).put("max_model_len", CONTEXT);
        return answer("application/json", listing.toString());
      }
      JsonNode messages =
          json.readTree(Objects.requireNonNull(request.getBody()).toByteArray()).get("messages");
      String question = messages.get(messages.size() - 1).get("content").asText();
      return answer("text/event-stream", stream(script.apply(question)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String stream(String text) {
    StringBuilder events = new StringBuilder();
    for (int from = 0; from < text.length(); from += PIECE) {
      ObjectNode event = json.createObjectNode();
      event
          .putArray("choices")
          .addObject()
          .putObject("delta")
          .put("content", text.substring(from, Math.min(text.length(), from + PIECE)));
      events.append("data: ").append(event).append("\n\n");
    }
    return events
        .append("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n")
        .append("data: [DONE]\n\n")
        .toString();
  }

  private static MockResponse answer(String type, String body) {
    return new MockResponse.Builder().addHeader("Content-Type", type).body(body).build();
  }

  @Override
  public void close() {
    server.close();
  }
}
