package dev.parley.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.model.GenerationOptions;
import dev.parley.model.SamplingOptions;
import dev.parley.model.engine.LocalModel;
import dev.parley.model.engine.LocalModelOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** A tiny model, whoever trains it, and what came out. */
final class TinyRuns {
  static final Path TINY =
      Path.of("../language-model/src/test/resources/dev/parley/model/tiny/llama-tied");

  private TinyRuns() {}

  /** Nobody at a terminal, who agrees to nothing. */
  static Training.Operator operator(
      Path folder, PrintStream print, Supplier<? extends StopSignal> stops) {
    return new Training.Operator(
        folder.resolve("training"),
        LocalDate.of(2026, 11, 27),
        print,
        print,
        false,
        question -> false,
        stops);
  }

  static Supplier<StopSignal> never() {
    return after(Integer.MAX_VALUE);
  }

  /** A run asks once after each step. */
  static Supplier<StopSignal> after(int steps) {
    AtomicInteger asked = new AtomicInteger();
    return () ->
        new StopSignal() {
          @Override
          public boolean given() {
            return asked.get() >= steps || asked.incrementAndGet() >= steps;
          }

          @Override
          public void close() {}
        };
  }

  static List<String> preferences() {
    return IntStream.range(0, 20)
        .mapToObj(
            i ->
                "{\"prompt\": \"Question %d?\", \"chosen\": \"The sea is blue.\", \"rejected\": \"Go away now.\"}"
                    .formatted(i))
        .toList();
  }

  static List<JsonNode> metrics(Path out) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(out.resolve("metrics.jsonl"))) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }

  static String answer(Path model) throws IOException {
    try (LocalModel loaded = LocalModel.load(model, LocalModelOptions.DEFAULT.withSlots(1, 256))) {
      return loaded
          .complete("Question 1?\n", GenerationOptions.of(12, SamplingOptions.GREEDY), piece -> {})
          .result()
          .join()
          .text();
    }
  }
}
