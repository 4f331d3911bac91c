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

  private static final double MILLIS = 1e3;

  static StageProgress read(Path metrics) {
    if (!Files.isRegularFile(metrics)) {
      return NONE;
    }
    List<String> lines;
    try {
      lines = Files.readAllLines(metrics);
    } catch (IOException e) {
      return NONE;
    }
    int step = 0;
    int of = 0;
    int counted = 0;
    double seconds = 0;
    for (String line : lines.subList(Math.max(0, lines.size() - RECENT), lines.size())) {
      JsonNode row = row(line);
      if (row.has("seconds")) {
        step = row.path("step").asInt();
        of = row.path("of").asInt();
        seconds += row.path("seconds").asDouble();
        counted++;
      }
    }
    return counted == 0
        ? NONE
        : new StageProgress(
            step,
            of,
            Optional.of(Duration.ofMillis((long) (seconds / counted * (of - step) * MILLIS))));
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
