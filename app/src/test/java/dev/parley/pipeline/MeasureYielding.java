package dev.parley.pipeline;

import dev.parley.learning.Trainer.Kind;
import dev.parley.learning.TrainingSet;
import dev.parley.model.ChatMessage;
import dev.parley.model.GenerationOptions;
import dev.parley.model.SamplingOptions;
import dev.parley.model.engine.LocalModel;
import dev.parley.model.engine.LocalModelOptions;
import dev.parley.model.training.data.HeldOut;
import dev.parley.model.transformer.Processor;
import dev.parley.platform.PersonId;
import dev.parley.platform.PlaceId;
import dev.parley.queue.GenerationQueue;
import dev.parley.queue.GenerationRequest;
import dev.parley.queue.QueueLimits;
import dev.parley.training.StopSignal;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long people wait for the first word, with nothing else going on and while the same model is
 * trained beside, in turns in one run. Prints figures, asserts none, and runs only where it is
 * named: CONTRIBUTING.md has the command.
 */
class MeasureYielding {
  private static final int ROUNDS = 5;
  private static final PersonId ADA = new PersonId("measure", "ada");
  private static final PlaceId PLACE = new PlaceId("measure", "here");
  private static final int QUESTIONS = 10;
  private static final long GLANCE_NANOS = 50_000_000;
  private static final long PAUSE_NANOS = 1_500_000_000L;

  @TempDir private Path folder;

  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void firstWords() throws Exception {
    Path model = named("default-model");
    List<Path> data = List.of(named("data"));
    Material material =
        Material.gather(
            new TrainingSet(List.of(), List.of(), List.of()),
            data,
            "",
            new HeldOut(0.1, 1),
            folder);
    try (LocalModel answering = LocalModel.load(model, LocalModelOptions.DEFAULT);
        GenerationQueue queue = new GenerationQueue(answering, new QueueLimits(100, 2, 100))) {
      AtomicBoolean paused = new AtomicBoolean(true);
      AtomicBoolean waiting = new AtomicBoolean();
      AtomicBoolean over = new AtomicBoolean();
      Thread training = training(model, material, folder, queue, paused, waiting, over);
      training.start();
      List<Double> quiet = new ArrayList<>();
      List<Double> beside = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        paused.set(true);
        while (!waiting.get()) { // a step that runs ends
          LockSupport.parkNanos(GLANCE_NANOS);
        }
        quiet.addAll(firstWords(queue));
        paused.set(false);
        beside.addAll(firstWords(queue));
        System.out.printf(
            "after round %d: quiet p50 %.2f s p95 %.2f s, beside training p50 %.2f s p95 %.2f s%n",
            round + 1, at(quiet, 0.5), at(quiet, 0.95), at(beside, 0.5), at(beside, 0.95));
      }
      over.set(true);
      training.join();
    }
  }

  private static Path named(String property) {
    return Path.of(
        Objects.requireNonNull(System.getProperty(property), "this wants -D" + property + "=FILE"));
  }

  private static Thread training(
      Path model,
      Material material,
      Path folder,
      GenerationQueue queue,
      AtomicBoolean paused,
      AtomicBoolean waiting,
      AtomicBoolean over) {
    StopSignal signal =
        new StopSignal() {
          @Override
          public boolean given() {
            while (!over.get() && (paused.get() || queue.size() > 0)) {
              waiting.set(true);
              LockSupport.parkNanos(GLANCE_NANOS);
            }
            waiting.set(false);
            return over.get();
          }

          @Override
          public void close() {}
        };
    return new Thread(
        () -> {
          LowPriority.take();
          try {
            PrintStream nowhere =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
            new Pipeline(
                    Kind.ALL,
                    PipelineOptions.USUAL,
                    new TinyOrigin(model),
                    Processor.CPU,
                    material,
                    folder,
                    nowhere,
                    false)
                .run(() -> signal);
            System.out.println("The training is over.");
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        "training");
  }

  /** Seconds to the first word of each question. */
  private List<Double> firstWords(GenerationQueue queue) throws Exception {
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < QUESTIONS; i++) {
      int number = asked.incrementAndGet(); // first, so that no beginning is known already
      String question = "%d is a number: tell me something about it.".formatted(number * 7919);
      AtomicLong first = new AtomicLong();
      long began = System.nanoTime();
      queue
          .submit(
              new GenerationRequest(
                  ADA,
                  PLACE,
                  i,
                  GenerationRequest.Priority.ANSWER,
                  () ->
                      (one, listener) ->
                          one.generate(
                              List.of(ChatMessage.user(question)),
                              GenerationOptions.of(16, SamplingOptions.GREEDY),
                              listener),
                  piece -> first.compareAndSet(0, System.nanoTime())))
          .result()
          .get();
      seconds.add((first.get() - began) / 1e9);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return seconds;
  }

  private static double at(List<Double> values, double share) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get((int) Math.min(sorted.size() - 1, Math.ceil(share * sorted.size()) - 1));
  }
}
