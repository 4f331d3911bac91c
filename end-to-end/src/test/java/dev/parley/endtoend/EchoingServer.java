package dev.parley.endtoend;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/**
 * A platform or a model's server that refuses everything, and says in every field it has what it
 * was asked: the address and the headers, secrets included. Thread-safe.
 */
final class EchoingServer extends Dispatcher implements AutoCloseable {
  private final ObjectMapper json = new ObjectMapper();
  private final MockWebServer server = new MockWebServer();
  private final int status;
  private final String except;

  /** Starts one on a free port. */
  EchoingServer(int status) throws IOException {
    this(status, "/nothing");
  }

  /**
   * Starts one on a free port.
   *
   * @param except what the address ends in where it tells its models instead
   */
  EchoingServer(int status, String except) throws IOException {
    this.status = status;
    this.except = except;
    server.setDispatcher(this);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getPort();
  }

  int requests() {
    return server.getRequestCount();
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    if (request.getUrl().encodedPath().endsWith(except)) {
      return answer(200, "{\"data\": [{\"id\": \"" + ModelServer.NAME + "\"}]}");
    }
    String asked = request.getUrl() + " " + request.getHeaders().toMultimap();
    ObjectNode answer = json.createObjectNode();
    answer.put("ok", false).put("error_code", status).put("description", asked);
    answer.put("code", 0).put("message", asked);
    answer.putObject("error").put("message", asked).put("type", asked).put("code", asked);
    return answer(status, answer.toString());
  }

  private static MockResponse answer(int status, String body) {
    return new MockResponse.Builder()
        .code(status)
        .addHeader("Content-Type", "application/json")
        .body(body)
        .build();
  }

  @Override
  public void close() {
    server.close();
  }
}
