package dev.parley.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.model.GenerationResult;
import dev.parley.model.TextListener;
import dev.parley.platform.PlaceId;
import dev.parley.queue.GenerationQueue;
import dev.parley.queue.GenerationRequest;
import dev.parley.queue.GenerationRequest.Priority;
import dev.parley.queue.QueueClosedException;
import dev.parley.queue.QueueFullException;
import dev.parley.queue.QueuedGeneration;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets requests wait for the model, and brings its answers to clients, on their own threads. Where
 * a client is gone, as far as that is seen ({@link Call}), its generation is cancelled.
 * Thread-safe.
 */
final class Answering {
  /** Keeps users here apart from those of platforms. */
  static final String PLATFORM = "api";

  /** Whoever has the key: one share among the places of the queue. */
  private static final PlaceId KEY = new PlaceId(PLATFORM, "key");

  private final GenerationQueue queue;
  private final Metrics metrics;
  private final Duration beat;
  private final AtomicLong count = new AtomicLong();

  Answering(GenerationQueue queue, Metrics metrics, Duration beat) {
    this.queue = queue;
    this.metrics = metrics;
    this.beat = beat;
  }

  /**
   * Answers to the end.
   *
   * @throws Refusal where there is no answer, or none that is whole
   * @throws IOException where the client is gone
   */
  void answer(Call call, Request request) throws IOException, Refusal, InterruptedException {
    Pieces pieces = new Pieces();
    FirstText text = new FirstText(request.stream() ? pieces : TextListener.NONE);
    QueuedGeneration queued = submit(request, text);
    var _ = queued.result().whenComplete((result, failure) -> pieces.end());
    try {
      if (request.stream()) {
        stream(call, request, queued, pieces);
      } else {
        call.answer(Call.JSON, request.format().whole(await(call, queued)).toString());
      }
    } finally {
      queued.cancel(); // nothing happens where it has ended
      text.cameAt().ifPresent(at -> metrics.firstText(Duration.ofNanos(at - call.arrivedAt())));
    }
  }

  private QueuedGeneration submit(Request request, TextListener listener) throws Refusal {
    try {
      return queue.submit(
          new GenerationRequest(
              request.user(),
              KEY,
              count.incrementAndGet(), // each a conversation of its own
              Priority.ANSWER,
              request::prompt,
              listener),
          metrics::generated);
    } catch (QueueFullException full) {
      throw Refusal.full(full.personal(), full.untilRoom());
    } catch (QueueClosedException closing) {
      throw Refusal.because(closing);
    }
  }

  private void stream(Call call, Request request, QueuedGeneration queued, Pieces pieces)
      throws IOException, Refusal, InterruptedException {
    AnswerFormat format = request.format();
    call.begin(Call.EVENTS);
    boolean begun = false;
    for (Optional<Pieces.Piece> next = pieces.next(beat);
        next.isPresent();
        next = pieces.next(beat)) {
      if (next.get().isEmpty()) {
        call.beat();
        continue;
      }
      if (!begun) {
        begin(call, format);
        begun = true;
      }
      for (ObjectNode chunk : format.pieces(next.get())) {
        event(call, chunk);
      }
    }
    GenerationResult result = await(call, queued); // which has ended
    if (!begun) {
      begin(call, format);
    }
    event(call, format.end(result.finishReason()));
    if (request.usage()) {
      event(call, format.usage(result));
    }
    call.write("data: [DONE]\n\n");
    call.end();
  }

  private static void begin(Call call, AnswerFormat format) throws IOException {
    for (ObjectNode chunk : format.beginning()) {
      event(call, chunk);
    }
  }

  private static void event(Call call, ObjectNode chunk) throws IOException {
    call.write("data: " + chunk + "\n\n");
  }

  private GenerationResult await(Call call, QueuedGeneration queued)
      throws IOException, Refusal, InterruptedException {
    while (true) {
      try {
        return queued.result().get(beat.toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException stillWriting) {
        call.beat();
      } catch (ExecutionException failed) {
        throw Refusal.because(Objects.requireNonNullElse(failed.getCause(), failed));
      }
    }
  }
}
