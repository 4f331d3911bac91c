package dev.parley.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.parley.configuration.Configuration;
import dev.parley.model.ModelInfo;
import dev.parley.queue.GenerationQueue;
import dev.parley.queue.QueueLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers on a port what OpenAI's API answers. Each request has a virtual thread; all share one
 * fair queue in front of the model, users of one key by their names. Thread-safe.
 */
public final class ApiServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ApiServer.class);

  /** Time to hear of the end, for those who are answered. */
  private static final int END_IN_SECONDS = 5;

  private final Port port;
  private final ServedModel served;
  private final int largestBody;
  private final Access access;
  private final Requests requests;
  private final Metrics metrics = new Metrics();
  private final GenerationQueue queue;
  private final Answering answering;
  private final Patience patience;
  private final long startedAt = Instant.now().getEpochSecond();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("api-", 0).factory());

  /**
   * Begins to answer.
   *
   * @param port taken, and ended with this
   * @param served used by nothing else meanwhile, or its queue would not know
   */
  public ApiServer(Port port, ServedModel served, Configuration.Server options) {
    this(port, served, options, Timing.USUAL);
  }

  ApiServer(Port port, ServedModel served, Configuration.Server options, Timing timing) {
    this.port = port;
    this.served = served;
    this.largestBody = options.largestBody();
    this.access = new Access(options.key());
    this.requests = new Requests(served);
    int parallel = Math.max(1, served.model().capacity().parallel());
    this.queue =
        new GenerationQueue(
            served.model(),
            // one user may have all slots while nobody else waits: the order is fair
            new QueueLimits(options.waitingPerUser(), parallel, options.waiting()));
    this.answering = new Answering(queue, metrics, timing.beat());
    this.patience = new Patience(timing.patience());
    port.answer(this::handle, threads);
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return port.address();
  }

  private void handle(HttpExchange exchange) throws IOException {
    Call call = new Call(exchange, patience);
    Endpoint endpoint = Endpoint.of(call.path());
    int status = Metrics.CLIENT_GONE;
    try {
      answer(call, endpoint);
      status = 200;
    } catch (Refusal refusal) {
      status = refusal.status();
      call.refuse(refusal);
    } finally {
      metrics.request(endpoint, status);
      log.debug("{} {}", endpoint, status);
    }
  }

  private void answer(Call call, Endpoint endpoint) throws IOException, Refusal {
    try {
      if (endpoint != Endpoint.HEALTH) {
        access.check(call);
      }
      endpoint.check(call);
      switch (endpoint) {
        case CHAT -> answering.answer(call, requests.chat(fields(call)));
        case COMPLETIONS -> answering.answer(call, requests.text(fields(call)));
        case MODELS -> call.answer(Call.JSON, listing().toString());
        case MODEL -> {
          served.check(Endpoint.modelIn(call.path()));
          call.answer(Call.JSON, model().toString());
        }
        case HEALTH -> call.answer(Call.JSON, "{\"status\":\"ok\"}");
        case METRICS -> call.answer(Call.TEXT, metrics.text(queue.running(), queue.waiting()));
        case UNKNOWN -> throw new IllegalStateException("it was checked");
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      throw Refusal.closing();
    } catch (RuntimeException fault) {
      throw Refusal.because(fault);
    }
  }

  /** Any type but JSON can be sent by a page in a browser that asks nobody for leave. */
  private Fields fields(Call call) throws IOException, Refusal {
    String type = call.header("Content-Type").orElse("");
    if (!type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(Call.JSON)) {
      throw Refusal.wrongType();
    }
    return Fields.parse(call.body(largestBody));
  }

  private ObjectNode listing() {
    ObjectNode listing = JsonNodeFactory.instance.objectNode().put("object", "list");
    listing.putArray("data").add(model());
    return listing;
  }

  private ObjectNode model() {
    ModelInfo info = served.model().info();
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", served.name())
        .put("object", "model")
        .put("created", startedAt)
        .put("owned_by", "parley")
        .put("max_model_len", info.contextLength()); // vLLM's: clients know how much they may send
  }

  /** Ends all answers, whose clients are told, and gives the port back. */
  @Override
  public void close() {
    queue.close();
    threads.shutdown();
    try {
      // stopping the JDK's server would wait as well, but for those who left, too
      threads.awaitTermination(END_IN_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    port.close();
    threads.close();
    patience.close();
  }
}
