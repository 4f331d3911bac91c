package dev.parley.pipeline;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How far a stage is, as its file of metrics tells: another thread writes it.
 *
 * @param step from 0
 * @param of 0 where nothing is known yet
 * @param left as far as it can be told
 */
record StageProgress(int step, int of, Optional<Duration> left) {
  private static final StageProgress NONE = new StageProgress(0, 0, Optional.empty());
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Steps whose mean says how long the next ones take. */
  private static final int RECENT = 20;

  private static final String SECONDS = "seconds";
  private static final double MILLIS = 1e3;

  static StageProgress read(Path metrics) {
    List<JsonNode> steps = steps(metrics);
    if (steps.isEmpty()) {
      return NONE;
    }
    List<JsonNode> recent = steps.subList(Math.max(0, steps.size() - RECENT), steps.size());
    double seconds =
        recent.stream().mapToDouble(each -> each.path(SECONDS).asDouble()).average().orElseThrow();
    int step = steps.getLast().path("step").asInt();
    int of = steps.getLast().path("of").asInt();
    return new StageProgress(
        step, of, Optional.of(Duration.ofMillis((long) (seconds * (of - step) * MILLIS))));
  }

  /** What was measured in the newest step. */
  static Optional<JsonNode> lastStep(Path metrics) {
    List<JsonNode> steps = steps(metrics);
    return steps.isEmpty() ? Optional.empty() : Optional.of(steps.getLast());
  }

  private static List<JsonNode> steps(Path metrics) {
    try {
      return Files.isRegularFile(metrics)
          ? Files.readAllLines(metrics).stream()
              .map(StageProgress::row)
              .filter(row -> row.has(SECONDS))
              .toList()
          : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Of a line that is being written nothing is known. */
  private static JsonNode row(String line) {
    try {
      return JSON.readTree(line);
    } catch (JacksonException e) {
      return MissingNode.getInstance();
    }
  }
}
