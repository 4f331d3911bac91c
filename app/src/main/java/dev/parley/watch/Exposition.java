package dev.parley.watch;

import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Figures in the text format of Prometheus (exposition format 0.0.4). Confined to one thread.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">its description</a>
 */
public final class Exposition {
  /** The media type it is sent as. */
  public static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final StringBuilder out = new StringBuilder();

  /** Something that only grows. */
  public Exposition counter(String name, String help, long value) {
    return single(name, "counter", help, value);
  }

  /** Something as it is now. */
  public Exposition gauge(String name, String help, double value) {
    head(name, "gauge", help);
    out.append(name).append(' ').append(value == Math.rint(value) ? (Object) (long) value : value);
    out.append('\n');
    return this;
  }

  /**
   * Counters of one name.
   *
   * @param byLabels such as {@code status="200"}
   */
  public Exposition counters(String name, String help, Map<String, LongAdder> byLabels) {
    head(name, "counter", help);
    byLabels.forEach(
        (labels, count) ->
            out.append(name).append('{').append(labels).append("} ").append(count).append('\n'));
    return this;
  }

  /**
   * Counters of one name.
   *
   * @param label what tells them apart
   * @param byValue by what that is
   */
  Exposition counters(String name, String help, String label, Map<String, Long> byValue) {
    head(name, "counter", help);
    byValue.forEach(
        (value, count) -> out.append("%s{%s=\"%s\"} %d\n".formatted(name, label, value, count)));
    return this;
  }

  /** Tokens of prompts and answers. */
  public Exposition tokens(TokenCounts counts) {
    counts.write(this);
    return this;
  }

  /** Times in seconds. */
  public Exposition histogram(String name, String help, Histogram times) {
    head(name, "histogram", help);
    times.print(name, out);
    return this;
  }

  private Exposition single(String name, String type, String help, long value) {
    head(name, type, help);
    out.append(name).append(' ').append(value).append('\n');
    return this;
  }

  private void head(String name, String type, String help) {
    out.append("# HELP " + name + " " + help + "\n# TYPE " + name + " " + type + "\n");
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
