package dev.parley.training;

import dev.parley.model.engine.ModelParts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Whoever runs rankings of a tiny model in tests, and what was said to them. */
public final class TinyOperator {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Path folder;

  /**
   * @param folder where runs have their folders
   */
  public TinyOperator(Path folder) {
    this.folder = folder;
  }

  public static ModelParts model() throws IOException {
    return ModelParts.open(
        Path.of("../language-model/src/test/resources/dev/parley/model/tiny/llama-tied"), Map.of());
  }

  /**
   * Says no to each question.
   *
   * @param looks how often is asked whether to stop before it is so
   */
  public Training.Operator stoppingAfter(int looks) {
    PrintStream print = new PrintStream(said, true, StandardCharsets.UTF_8);
    return new Training.Operator(
        folder, LocalDate.of(2026, 11, 27), print, print, false, question -> false, stop(looks));
  }

  public Training.Operator patient() {
    return stoppingAfter(Integer.MAX_VALUE);
  }

  public String text() {
    return said.toString(StandardCharsets.UTF_8);
  }

  private static Supplier<StopSignal> stop(int looks) {
    AtomicInteger looked = new AtomicInteger();
    return () ->
        new StopSignal() {
          @Override
          public boolean given() {
            return looked.getAndIncrement() >= looks;
          }

          @Override
          public void close() {}
        };
  }
}
