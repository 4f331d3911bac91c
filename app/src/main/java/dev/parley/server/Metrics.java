package dev.parley.server;

import dev.parley.model.GenerationResult;
import dev.parley.watch.Exposition;
import dev.parley.watch.Histogram;
import dev.parley.watch.TokenCounts;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What happened since the start, in the text format of Prometheus (exposition format 0.0.4).
 * Thread-safe.
 */
final class Metrics {
  /** What nginx calls it: the client closed the connection. */
  static final int CLIENT_GONE = 499;

  /** By their labels, of which there are few. */
  private final Map<String, LongAdder> requests = new ConcurrentSkipListMap<>();

  private final TokenCounts tokens = new TokenCounts();
  private final Histogram firstText = new Histogram();

  void request(Endpoint endpoint, int status) {
    requests
        .computeIfAbsent(
            "endpoint=\"%s\",status=\"%d\"".formatted(endpoint.label(), status),
            labels -> new LongAdder())
        .increment();
  }

  /** A generation ended, be it cancelled. */
  void generated(GenerationResult result) {
    tokens.add(result);
  }

  /** So long after a request arrived, waiting included. */
  void firstText(Duration time) {
    firstText.add(time);
  }

  String text(int running, int waiting) {
    return new Exposition()
        .counters("parley_requests_total", "Requests that ended, by status.", requests)
        .gauge("parley_requests_running", "Requests the model works on.", running)
        .gauge("parley_requests_waiting", "Requests in the queue.", waiting)
        .tokens(tokens)
        .histogram(
            "parley_time_to_first_token_seconds",
            "From a request's arrival to its first text.",
            firstText)
        .toString();
  }
}
