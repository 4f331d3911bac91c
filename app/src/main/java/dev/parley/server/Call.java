package dev.parley.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One request, and the way back to who sent it. Confined to the exchange's thread.
 *
 * <p>That a client is gone shows only when something is written to it, the second time at the
 * latest: the JDK's server does not look at a connection while it answers. Therefore something is
 * written while there is nothing to say. Before the first of it, and where a client shut down only
 * its sending side, nothing is seen.
 */
final class Call {
  static final String EVENTS = "text/event-stream";
  static final String JSON = "application/json";
  static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final HttpExchange exchange;
  private final Patience patience;
  private final long arrivedAt = System.nanoTime();
  private String begun = "";

  Call(HttpExchange exchange, Patience patience) {
    this.exchange = exchange;
    this.patience = patience;
  }

  /** On the clock of {@link System#nanoTime()}. */
  long arrivedAt() {
    return arrivedAt;
  }

  String method() {
    return exchange.getRequestMethod();
  }

  String path() {
    return Objects.requireNonNullElse(exchange.getRequestURI().getPath(), "");
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  byte[] body(int largest) throws IOException, Refusal {
    byte[] body = exchange.getRequestBody().readNBytes(largest + 1);
    if (body.length > largest) {
      throw Refusal.tooLarge(largest);
    }
    return body;
  }

  /** Sends everything that is to be said; after {@link #begin} the rest of it. */
  void answer(String type, String text) throws IOException {
    if (begun.isEmpty()) {
      send(200, type, text);
    } else {
      write(text);
      end();
    }
  }

  /** Sends the status and what kind of answer follows. */
  void begin(String type) throws IOException {
    begun = type;
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", type);
    headers.set("Cache-Control", "no-cache");
    headers.set("X-Accel-Buffering", "no"); // nginx would gather events
    patience.write(
        () -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().flush();
        });
  }

  /** Sends a part of what {@link #begin} announced. */
  void write(String text) throws IOException {
    OutputStream out = exchange.getResponseBody();
    patience.write(
        () -> {
          out.write(text.getBytes(StandardCharsets.UTF_8));
          out.flush();
        });
  }

  /** Says that nothing is to be said yet. */
  void beat() throws IOException {
    if (begun.isEmpty()) {
      begin(JSON);
    }
    write(begun.equals(EVENTS) ? ": waiting\n\n" : "\n"); // JSON may begin with blanks
  }

  void end() throws IOException {
    patience.write(exchange::close);
  }

  /**
   * Says why there is no answer.
   *
   * @throws IOException where an answer has begun that has no place for it: the connection breaks,
   *     so that nobody takes it for whole
   */
  void refuse(Refusal refusal) throws IOException {
    switch (begun) {
      case "" -> {
        for (Map.Entry<String, String> header : refusal.headers().entrySet()) {
          exchange.getResponseHeaders().set(header.getKey(), header.getValue());
        }
        send(refusal.status(), JSON, refusal.json().toString());
      }
      case EVENTS -> {
        write("data: " + refusal.json() + "\n\n");
        end();
      }
      default -> throw new IOException("the answer had begun", refusal);
    }
  }

  private void send(int status, String type, String text) throws IOException {
    byte[] body = method().equals("HEAD") ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    patience.write(
        () -> {
          exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }
}
