package dev.parley.model.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.BufferedSink;
import okio.ByteString;

/** A model server that answers as a test tells it to, in order. */
final class ScriptedServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final MockWebServer web = new MockWebServer();

  ScriptedServer() throws IOException {
    web.start();
  }

  URI url() {
    return web.url("/v1").uri();
  }

  /** Connects to a server that lists one model, and forgets that first request. */
  RemoteModel connect(String key, Duration idleTimeout) throws InterruptedException {
    answers(200, "{\"data\":[{\"id\":\"tiny\",\"max_model_len\":4096}]}");
    RemoteModelOptions options =
        RemoteModelOptions.of(url(), "", new ApiKey(key)).withIdleTimeout(idleTimeout);
    RemoteModel model = RemoteModel.connect(options, quickBackoff());
    request();
    return model;
  }

  RemoteModel connect() throws InterruptedException {
    return connect("", Duration.ofSeconds(20));
  }

  static Backoff quickBackoff() {
    return new Backoff(Duration.ofMillis(1), InstantSource.system(), new Random(1));
  }

  void answers(int code, String body, String... headers) {
    MockResponse.Builder response =
        new MockResponse.Builder().code(code).body(body).addHeader("Content-Type: text/html");
    for (String header : headers) {
      response.addHeader(header);
    }
    web.enqueue(response.build());
  }

  /** One event for each piece, the finish reason, the usage, and the end mark. */
  void streams(String finishReason, String... pieces) {
    StringBuilder body = new StringBuilder();
    for (String piece : pieces) {
      body.append(delta(piece));
    }
    body.append(event("{\"choices\":[{\"delta\":{},\"finish_reason\":\"" + finishReason + "\"}]}"))
        .append(
            event(
                "{\"choices\":[],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":3,"
                    + "\"prompt_tokens_details\":{\"cached_tokens\":8}}}"))
        .append(event("[DONE]"));
    streamsRaw(body.toString());
  }

  void streamsRaw(String body) {
    web.enqueue(stream().chunkedBody(body, 7).build());
  }

  /** Sends this much of an answer and cuts the connection. */
  void breaksOffAfter(String body) {
    String rest = " ".repeat(body.length());
    web.enqueue(
        stream()
            .body(body + rest)
            .onResponseBody(new SocketEffect.CloseSocket(true, true, true))
            .build());
  }

  /** Sends this much of an answer and then nothing until the latch opens. */
  void stallsAfter(String body, CountDownLatch until) {
    web.enqueue(
        stream()
            .body(
                new MockResponseBody() {
                  @Override
                  public long getContentLength() {
                    return body.length() + 1000L;
                  }

                  @Override
                  public void writeTo(BufferedSink sink) throws IOException {
                    sink.writeUtf8(body).flush();
                    try {
                      until.await();
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  }
                })
            .build());
  }

  /** Sends this much of an answer, then signs of life; opens the latch when nobody is there. */
  void goesOnAfter(String body, CountDownLatch connectionClosed) {
    web.enqueue(
        stream()
            .body(
                new MockResponseBody() {
                  @Override
                  public long getContentLength() {
                    return Integer.MAX_VALUE;
                  }

                  @Override
                  public void writeTo(BufferedSink sink) throws IOException {
                    sink.writeUtf8(body).flush();
                    try {
                      while (!connectionClosed.await(5, TimeUnit.MILLISECONDS)) {
                        sink.writeUtf8(": still here\n").flush();
                      }
                    } catch (IOException e) {
                      connectionClosed.countDown();
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  }
                })
            .build());
  }

  private static MockResponse.Builder stream() {
    return new MockResponse.Builder().addHeader("Content-Type: text/event-stream; charset=utf-8");
  }

  static String delta(String text) {
    return event("{\"choices\":[{\"delta\":{\"content\":" + JSON.valueToTree(text) + "}}]}");
  }

  static String event(String data) {
    return "data: " + data + "\n\n";
  }

  RecordedRequest request() throws InterruptedException {
    RecordedRequest request = web.takeRequest(10, TimeUnit.SECONDS);
    if (request == null) {
      throw new AssertionError("no request came");
    }
    return request;
  }

  /** The body of the next request, read as JSON. */
  JsonNode requestedBody() throws InterruptedException, IOException {
    ByteString body = Objects.requireNonNull(request().getBody());
    return JSON.readTree(body.utf8());
  }

  int requests() {
    return web.getRequestCount();
  }

  @Override
  public void close() {
    web.close();
  }
}
