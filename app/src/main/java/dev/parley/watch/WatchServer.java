package dev.parley.watch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.http.HttpPort;
import dev.parley.reply.Tally;
import dev.parley.storage.Database;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells those who watch a bot over HTTP whether it is well: {@code /healthz} (it runs, and can read
 * its database), {@code /readyz} (it answers people) and {@code /metrics} for Prometheus. Nothing
 * of it names a person or a text. Thread-safe.
 */
public final class WatchServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WatchServer.class);

  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Database database;
  private final Meter meter;
  private final Tally tally;
  private final IntSupplier running;
  private final IntSupplier waiting;
  private final InstantSource clock;
  private volatile BooleanSupplier ready = () -> false;

  private WatchServer(
      HttpServer http,
      Database database,
      Meter meter,
      Tally tally,
      IntSupplier running,
      IntSupplier waiting,
      InstantSource clock) {
    this.http = http;
    this.database = database;
    this.meter = meter;
    this.tally = tally;
    this.running = running;
    this.waiting = waiting;
    this.clock = clock;
  }

  /**
   * Listens from now on.
   *
   * @param running how many answers are written now
   * @param waiting how many questions wait now
   * @throws IOException where the address is not to be had, with a sentence about it
   */
  public static WatchServer start(
      InetSocketAddress listen,
      Database database,
      Meter meter,
      Tally tally,
      IntSupplier running,
      IntSupplier waiting,
      InstantSource clock)
      throws IOException {
    HttpServer http;
    try {
      http = HttpPort.take(listen);
    } catch (IOException e) {
      throw new IOException(
          "Nothing can listen on %s:%d (%s): choose another watch.host or watch.port."
              .formatted(listen.getHostString(), listen.getPort(), e.getMessage()),
          e);
    }
    WatchServer server = new WatchServer(http, database, meter, tally, running, waiting, clock);
    http.setExecutor(server.threads);
    http.createContext("/", server::answer);
    http.start();
    return server;
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return http.getAddress();
  }

  /** From now on somebody can say whether a platform is connected; so far none is. */
  public void ready(BooleanSupplier now) {
    ready = now;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      switch (exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath()) {
        case "GET /healthz", "HEAD /healthz" -> health(exchange);
        case "GET /readyz", "HEAD /readyz" -> readiness(exchange);
        case "GET /metrics", "HEAD /metrics" -> send(exchange, 200, Exposition.TYPE, metrics());
        default -> send(exchange, 404, "text/plain", "there are /healthz, /readyz, /metrics\n");
      }
    } catch (RuntimeException e) {
      log.warn("A request of who watches failed: {}", e.getClass().getName());
      send(exchange, 500, "text/plain", "failed\n");
    }
  }

  /** Without room on the disk nobody is answered. */
  private boolean isReady() {
    return ready.getAsBoolean() && database.isWritable();
  }

  private void readiness(HttpExchange exchange) throws IOException {
    boolean now = isReady();
    send(exchange, now ? 200 : 503, "text/plain", now ? "ready\n" : "not ready\n");
  }

  private void health(HttpExchange exchange) throws IOException {
    boolean reads;
    try {
      reads = database.<Integer>read(WatchServer::tables) > 0;
    } catch (RuntimeException e) {
      reads = false;
    }
    send(
        exchange,
        reads ? 200 : 503,
        "text/plain",
        reads ? "ok\n" : "the database cannot be read\n");
  }

  private static int tables(Handle handle) {
    return handle.createQuery("SELECT count(*) FROM sqlite_schema").mapTo(Integer.class).one();
  }

  private String metrics() {
    Exposition out = new Exposition();
    out.gauge("parley_ready", "Whether people are answered.", isReady() ? 1 : 0)
        .gauge("parley_answers_running", "Answers that are written now.", running.getAsInt())
        .gauge("parley_questions_waiting", "Questions that wait now.", waiting.getAsInt());
    Replies.Figures lately = new Replies(database).since(clock.instant());
    lately
        .byState()
        .forEach(
            (state, count) ->
                out.gauge(
                    "parley_replies_lately_" + state,
                    "Replies that came into this state in the last five minutes.",
                    count));
    out.gauge(
            "parley_wait_lately_median_seconds",
            "From a question to the model's beginning, in the last five minutes.",
            lately.waited(0.5))
        .gauge(
            "parley_wait_lately_p95_seconds",
            "From a question to the model's beginning, in the last five minutes.",
            lately.waited(0.95));
    meter.write(out);
    out.counters(
            "parley_errors_total",
            "What went wrong on the way of replies, also where another try went well.",
            "kind",
            tally.failures())
        .counters(
            "parley_limits_hit_total",
            "Questions that met a limit, by which.",
            "limit",
            tally.limits())
        .counter(
            "parley_edits_saved_total",
            "Edits that were not needed, as a later one shows what they would have.",
            tally.editsSaved())
        .gauge(
            "parley_database_bytes", "The database on the disk.", (double) database.sizeInBytes())
        .gauge(
            "parley_heap_bytes",
            "Memory of Java's heap that is used; the model has its own.",
            (double) ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed())
        .gauge(
            "parley_threads",
            "Platform threads of Java.",
            ManagementFactory.getThreadMXBean().getThreadCount())
        .gauge(
            "parley_uptime_seconds",
            "Since the program started.",
            ManagementFactory.getRuntimeMXBean().getUptime() / 1_000.0);
    return out.toString();
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head ? -1 : body.length);
    if (!head) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
