package dev.parley.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.configuration.Configuration;
import dev.parley.configuration.Secret;
import dev.parley.model.LanguageModel;
import dev.parley.model.SamplingOptions;
import dev.parley.model.engine.LocalModel;
import dev.parley.model.engine.LocalModelOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The server on a port of loopback, and somebody who asks it. */
final class Served implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path TINY =
      Path.of("../language-model/src/test/resources/dev/parley/model/tiny/llama-tied.F32.gguf");

  final ApiServer server;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Optional<String> key;

  private Served(Setup setup) throws IOException {
    LanguageModel model = setup.model;
    this.key = setup.key;
    this.server =
        new ApiServer(
            Port.take(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
            new ServedModel(model, List.of(model.info().name(), "tiny"), SamplingOptions.GREEDY),
            new Configuration.Server(
                "127.0.0.1",
                1,
                key.map(Secret::new),
                setup.waiting,
                setup.waitingPerUser,
                setup.largestBody),
            new Timing(setup.beat, setup.patience));
  }

  static Served of(LanguageModel model) throws IOException {
    return with(model).serve();
  }

  static Setup with(LanguageModel model) {
    return new Setup(model);
  }

  /** What the operator set. */
  static final class Setup {
    private final LanguageModel model;
    private Optional<String> key = Optional.empty();
    private int waiting = 100;
    private int waitingPerUser = 100;
    private int largestBody = 1 << 20;

    /** So short that tests need not wait. */
    private Duration beat = Duration.ofMillis(50);

    private Duration patience = Duration.ofMinutes(1);

    private Setup(LanguageModel model) {
      this.model = model;
    }

    Setup key(String value) {
      key = Optional.of(value);
      return this;
    }

    Setup waiting(int value) {
      waiting = value;
      return this;
    }

    Setup waitingPerUser(int value) {
      waitingPerUser = value;
      return this;
    }

    Setup largestBody(int value) {
      largestBody = value;
      return this;
    }

    Setup beat(Duration value) {
      beat = value;
      return this;
    }

    Setup patience(Duration value) {
      patience = value;
      return this;
    }

    Served serve() throws IOException {
      return new Served(this);
    }
  }

  static LocalModel tiny(int slots) throws IOException {
    return LocalModel.load(TINY, LocalModelOptions.DEFAULT.withSlots(slots, 512));
  }

  /** What came back. */
  record Answer(int status, String text, HttpResponse<?> response) {
    JsonNode json() {
      return parse(text);
    }

    String code() {
      return json().path("error").path("code").asText();
    }

    /** The events of a stream, but for the last, which is no JSON. */
    List<JsonNode> events() {
      List<String> data = new ArrayList<>();
      for (String line : text.lines().filter(each -> each.startsWith("data: ")).toList()) {
        data.add(line.substring("data: ".length()));
      }
      if (!data.isEmpty() && data.getLast().equals("[DONE]")) {
        data.removeLast();
      }
      return data.stream().map(Served::parse).toList();
    }

    String streamed() {
      StringBuilder all = new StringBuilder();
      events()
          .forEach(
              event -> {
                JsonNode choice = event.path("choices").path(0);
                all.append(choice.path("delta").path("content").asText(""));
                all.append(choice.path("text").asText(""));
              });
      return all.toString();
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.address().getPort();
  }

  Answer get(String path) {
    return send(request(path).build());
  }

  /** Single quotes stand for double ones. */
  Answer post(String path, String json) {
    return send(posting(path, json).build());
  }

  Answer chat(String json) {
    return post("/v1/chat/completions", json);
  }

  /** A response that is read while it comes. */
  Stream<String> lines(String path, String json) {
    try {
      return http.send(posting(path, json).build(), BodyHandlers.ofLines()).body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpRequest.Builder posting(String path, String json) {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(json.replace('\'', '"')));
  }

  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path));
    key.ifPresent(value -> request.header("Authorization", "Bearer " + value));
    return request;
  }

  Answer send(HttpRequest request) {
    try {
      HttpResponse<String> response =
          http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Answer(response.statusCode(), response.body(), response);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A connection that sent a chat and reads what the test reads. */
  Socket connection(String json) throws IOException {
    byte[] body = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
    String head =
        "POST /v1/chat/completions HTTP/1.1\r\n"
            + "Host: localhost\r\n"
            + "Content-Type: application/json\r\n"
            + "Content-Length: "
            + body.length
            + "\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(body);
    return socket;
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + json, e);
    }
  }

  @Override
  public void close() {
    server.close();
    http.shutdownNow(); // close would wait for streams that nobody reads
  }
}
