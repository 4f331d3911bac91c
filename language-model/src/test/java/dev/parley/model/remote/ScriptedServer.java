package dev.parley.model.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import mockwebserver3.MockWebServer;
import mockwebserver3.QueueDispatcher;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.BufferedSink;
import okio.ByteString;

/**
 * A model server that answers as a test tells it to, in order; with {@link #lists} it answers what
 * a pool asks by itself.
 */
final class ScriptedServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private MockWebServer web = new MockWebServer();
  private final AtomicInteger chats = new AtomicInteger();
  private final Semaphore newChats = new Semaphore(0);
  private volatile String listing = "";
  private volatile int health = 404;
  private volatile boolean echoes;

  ScriptedServer() throws IOException {
    web.setDispatcher(new Script());
    web.setServerSocketFactory(new Reusing());
    web.start();
  }

  /** A port of ours can be taken again while the connections of before are still remembered. */
  private static final class Reusing extends ServerSocketFactory {
    @Override
    public ServerSocket createServerSocket() throws IOException {
      return new ServerSocket() {
        @Override
        public void setReuseAddress(boolean on) throws SocketException {
          super.setReuseAddress(true);
        }
      };
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
      return new ServerSocket(port);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
      return new ServerSocket(port, backlog);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address)
        throws IOException {
      return new ServerSocket(port, backlog, address);
    }
  }

  /** What is not in the script is answered from here. */
  private final class Script extends QueueDispatcher {
    @Override
    public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
      if (!listing.isEmpty() && request.getTarget().equals("/health")) {
        return new MockResponse.Builder().code(health).build();
      }
      if (!listing.isEmpty() && request.getTarget().equals("/v1/models")) {
        return new MockResponse.Builder().code(200).body(listing).build();
      }
      chats.incrementAndGet();
      newChats.release();
      return echoes ? echo(request) : super.dispatch(request);
    }

    /** The words of the question's last message, each a piece of its own. */
    private MockResponse echo(RecordedRequest request) {
      try {
        JsonNode messages =
            JSON.readTree(Objects.requireNonNull(request.getBody()).utf8()).path("messages");
        StringBuilder body = new StringBuilder();
        for (String word :
            messages.path(messages.size() - 1).path("content").asText().split("(?<= )", -1)) {
          body.append(delta(word));
        }
        return stream().chunkedBody(body.append(event("[DONE]")).toString(), 64).build();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** From now on it lists one model of this context, and is well. */
  ScriptedServer lists(int contextLength) {
    listing = "{\"data\":[{\"id\":\"tiny\",\"max_model_len\":" + contextLength + "}]}";
    health = 200;
    return this;
  }

  /** What {@code /health} answers. */
  void health(int status) {
    health = status;
  }

  /** From now on every question is answered by its own last message. */
  ScriptedServer echoes() {
    echoes = true;
    return this;
  }

  /** Ends as a killed process does. */
  void dies() {
    web.close();
  }

  /** Is started again, at the same address. */
  void revives() throws IOException {
    int port = web.getPort();
    web = new MockWebServer();
    web.setDispatcher(new Script());
    web.setServerSocketFactory(new Reusing());
    web.start(port);
  }

  /** Requests for an answer. */
  int chats() {
    return chats.get();
  }

  /** Waits for the next request for an answer that was not waited for yet. */
  void nextChat() throws InterruptedException {
    if (!newChats.tryAcquire(10, TimeUnit.SECONDS)) {
      throw new AssertionError("no request for an answer came");
    }
  }

  /** Answers when the latch opens, with nothing before. */
  void holds(CountDownLatch until, String text) {
    String body = delta(text) + event("[DONE]");
    web.enqueue(
        stream()
            .body(
                new MockResponseBody() {
                  @Override
                  public long getContentLength() {
                    return body.length();
                  }

                  @Override
                  public void writeTo(BufferedSink sink) throws IOException {
                    try {
                      until.await();
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                    sink.writeUtf8(body);
                  }
                })
            .build());
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
