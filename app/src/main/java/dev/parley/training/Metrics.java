package dev.parley.training;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.model.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was measured in a run, in memory and in a file of JSON lines: the run, then one for each
 * step and each examination. Lines are written whole; what a killed process measured after it last
 * saved is forgotten when the run goes on, since it is measured again. Confined to one thread.
 */
final class Metrics implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RUN = "run";
  private static final String STEP = "step";
  private static final String OF = "of";
  private static final String HELD_OUT = "held_out";

  private final FileChannel file;
  private final List<Step> steps = new ArrayList<>();
  private final List<Examination> examinations = new ArrayList<>();

  private Metrics(FileChannel file) {
    this.file = file;
  }

  /**
   * Looks whose file it is.
   *
   * @param run that wants to write there
   * @throws ModelException where it is another's
   */
  static void requireRun(Path path, String run) throws IOException {
    for (JsonNode line : read(path)) {
      if (line.has(RUN) && !line.path(RUN).asText().equals(run)) {
        throw new ModelException(
            "%s is of another run: its data, model or options differ. Name another folder by --out."
                .formatted(path));
      }
    }
  }

  /**
   * Opens a run's file, or begins one.
   *
   * @param run its name
   * @param done steps that were saved
   */
  static Metrics open(Path path, String run, int done) throws IOException {
    List<JsonNode> kept =
        read(path).stream()
            .filter(line -> !line.has(RUN) && line.path(STEP).asInt() <= done)
            .toList();
    StringBuilder text = new StringBuilder(JSON.createObjectNode().put(RUN, run) + "\n");
    kept.forEach(line -> text.append(line).append('\n'));
    Path whole = path.resolveSibling(path.getFileName() + ".part");
    Files.writeString(whole, text);
    Files.move(whole, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Metrics metrics = new Metrics(FileChannel.open(path, StandardOpenOption.APPEND));
    kept.forEach(metrics::remember);
    return metrics;
  }

  /** A process that was killed may have left part of a line. */
  private static List<JsonNode> read(Path path) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    if (!Files.exists(path)) {
      return lines;
    }
    for (String line : Files.readString(path).split("\n", -1)) {
      try {
        JsonNode node = JSON.readTree(line);
        if (node.isObject()) {
          lines.add(node);
        }
      } catch (JacksonException e) {
        break;
      }
    }
    return lines;
  }

  private void remember(JsonNode line) {
    int step = line.path(STEP).asInt();
    if (line.has(HELD_OUT)) {
      examinations.add(new Examination(step, figures(line.path(HELD_OUT))));
    } else {
      Map<String, Double> figures = figures(line);
      figures.keySet().removeAll(Set.of(STEP, OF));
      steps.add(new Step(step, figures));
    }
  }

  private static Map<String, Double> figures(JsonNode object) {
    Map<String, Double> figures = new LinkedHashMap<>();
    object.properties().forEach(each -> figures.put(each.getKey(), each.getValue().asDouble()));
    return figures;
  }

  /**
   * Adds a step.
   *
   * @param of how many the run has
   */
  void add(Step step, int of) throws IOException {
    ObjectNode line = JSON.createObjectNode().put(STEP, step.number()).put(OF, of);
    step.figures().forEach(line::put);
    write(line);
  }

  void add(Examination examination) throws IOException {
    ObjectNode line = JSON.createObjectNode().put(STEP, examination.step());
    ObjectNode figures = line.putObject(HELD_OUT);
    examination.figures().forEach(figures::put);
    write(line);
  }

  private void write(ObjectNode line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
    remember(line);
  }

  /** In their order. */
  List<Step> steps() {
    return Collections.unmodifiableList(steps);
  }

  /** In their order. */
  List<Examination> examinations() {
    return Collections.unmodifiableList(examinations);
  }

  boolean examinedAfter(int step) {
    return examinations.stream().anyMatch(each -> each.step() == step);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
