package dev.parley.server;

import dev.parley.model.GenerationResult;
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

  private final LongAdder promptTokens = new LongAdder();
  private final LongAdder cachedTokens = new LongAdder();
  private final LongAdder generatedTokens = new LongAdder();
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
    promptTokens.add(result.promptTokens());
    cachedTokens.add(result.cachedTokens());
    generatedTokens.add(result.generatedTokens());
  }

  /** So long after a request arrived, waiting included. */
  void firstText(Duration time) {
    firstText.add(time);
  }

  String text(int running, int waiting) {
    StringBuilder out = new StringBuilder();
    head(out, "parley_requests_total", "counter", "Requests that ended, by status.");
    requests.forEach(
        (labels, count) -> out.append("parley_requests_total{" + labels + "} " + count + "\n"));
    single(out, "parley_requests_running", "gauge", "Requests the model works on.", running);
    single(out, "parley_requests_waiting", "gauge", "Requests in the queue.", waiting);
    single(
        out,
        "parley_prompt_tokens_total",
        "counter",
        "Tokens of prompts, cached ones included.",
        promptTokens.sum());
    single(
        out,
        "parley_cached_tokens_total",
        "counter",
        "Tokens of prompts that came from the KV cache.",
        cachedTokens.sum());
    single(
        out,
        "parley_generated_tokens_total",
        "counter",
        "Tokens that were drawn.",
        generatedTokens.sum());
    String first = "parley_time_to_first_token_seconds";
    head(out, first, "histogram", "From a request's arrival to its first text.");
    firstText.print(first, out);
    return out.toString();
  }

  private static void single(StringBuilder out, String name, String type, String help, long value) {
    head(out, name, type, help);
    out.append(name + " " + value + "\n");
  }

  private static void head(StringBuilder out, String name, String type, String help) {
    out.append("# HELP " + name + " " + help + "\n# TYPE " + name + " " + type + "\n");
  }
}
