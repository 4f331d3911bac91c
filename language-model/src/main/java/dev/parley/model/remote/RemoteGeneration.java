package dev.parley.model.remote;

import dev.parley.model.FinishReason;
import dev.parley.model.Generation;
import dev.parley.model.GenerationResult;
import dev.parley.model.ModelException;
import dev.parley.model.Role;
import dev.parley.model.TextListener;
import dev.parley.model.Thoughts;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.Response;
import okhttp3.sse.EventSources;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One answer of a server, from the request to the last event, on a thread of its own; {@link
 * #cancel} may come from any thread. A busy server is asked again as long as no text has arrived,
 * never after.
 */
final class RemoteGeneration implements Generation {
  private static final Logger log = LoggerFactory.getLogger(RemoteGeneration.class);

  private final ChatServer server;
  private final ChatRequest request;

  /** Shared by all generations of the model: what the server has refused by name. */
  private final Set<String> refusedFields;

  private final TextListener listener;
  private final Backoff backoff;
  private final Speed speed;
  private final long startedAt = System.nanoTime();
  private final CompletableFuture<GenerationResult> result = new CompletableFuture<>();
  private final CountDownLatch cancelled = new CountDownLatch(1);
  private volatile @Nullable Call call;

  /** When the latest attempt began; confined to the run's thread. */
  private long openedAt = startedAt;

  RemoteGeneration(
      ChatServer server,
      ChatRequest request,
      Set<String> refusedFields,
      TextListener listener,
      Backoff backoff,
      Speed speed) {
    this.server = server;
    this.request = request;
    this.refusedFields = refusedFields;
    this.listener = listener;
    this.backoff = backoff;
    this.speed = speed;
  }

  @Override
  public void cancel() {
    cancelled.countDown();
    Call running = call;
    if (running != null) {
      running.cancel();
    }
  }

  @Override
  public CompletableFuture<GenerationResult> result() {
    return result;
  }

  /** Runs to the end; never throws. */
  void run() {
    try {
      result.complete(answer());
    } catch (ModelException e) {
      result.completeExceptionally(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      result.completeExceptionally(new ModelException("The answer was interrupted.", e));
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(new ModelException("The answer failed: " + e, e));
    }
  }

  private GenerationResult answer() throws InterruptedException {
    boolean goesOn = request.messages().getLast().role() == Role.ASSISTANT;
    AnswerStream stream =
        new AnswerStream(
            goesOn ? Thoughts.At.ANSWER : Thoughts.At.BEGINNING, listener, server.failures());
    for (int attempt = 1; ; attempt++) {
      Optional<FinishReason> ended = endedFromHere();
      if (ended.isPresent()) {
        return resultOf(stream, ended.get(), System.nanoTime());
      }
      Set<String> leftOut = Set.copyOf(refusedFields);
      Duration wait;
      try (Response response = open(request.json(leftOut)).execute()) {
        if (response.isSuccessful()) {
          return read(response, stream);
        }
        wait =
            refusesAnotherField(response, leftOut) ? Duration.ZERO : waitAfter(response, attempt);
      } catch (IOException e) {
        FinishReason reason = endedFromHere().orElseThrow(() -> server.failures().unreachable(e));
        return resultOf(stream, reason, System.nanoTime());
      }
      // a cancel or the time limit cuts the wait short and ends the next round
      cancelled.await(Math.min(wait.toNanos(), nanosLeft()), TimeUnit.NANOSECONDS);
    }
  }

  private Call open(String json) {
    openedAt = System.nanoTime();
    Call next = server.chat(json);
    next.timeout().timeout(Math.max(1, nanosLeft()), TimeUnit.NANOSECONDS);
    call = next;
    if (isCancelled()) {
      next.cancel();
    }
    return next;
  }

  private boolean refusesAnotherField(Response response, Set<String> leftOut) {
    if (response.code() != 400 && response.code() != 422) {
      return false;
    }
    Optional<String> field =
        ChatRequest.refusedField(server.failures().complaint(response))
            .filter(name -> !leftOut.contains(name));
    field
        .filter(refusedFields::add)
        .ifPresent(
            name -> log.info("the model server does not take {}: left out from now on", name));
    return field.isPresent();
  }

  private Duration waitAfter(Response refusal, int attempt) {
    int code = refusal.code();
    boolean busy = code == 429 || code == 503;
    if (!busy) {
      throw server.failures().refused(refusal, request.model());
    }
    Duration wait =
        backoff
            .after(attempt, Optional.ofNullable(refusal.header("Retry-After")))
            .orElseThrow(() -> server.failures().refused(refusal, request.model()));
    log.info("model server is busy ({}), asking again in {} ms", code, wait.toMillis());
    return wait;
  }

  private GenerationResult read(Response response, AnswerStream stream) {
    long acceptedAt = System.nanoTime();
    MediaType type = response.body().contentType();
    if (type == null || !type.subtype().equals("event-stream")) {
      throw server.failures().notAStream();
    }
    EventSources.processResponse(response, stream);
    if (stream.failure().orElse(null) instanceof ModelException e) {
      throw e;
    }
    FinishReason reason =
        stream.finishReason().or(this::endedFromHere).orElseThrow(() -> brokenOff(stream));
    return resultOf(stream, reason, acceptedAt);
  }

  private ModelException brokenOff(AnswerStream stream) {
    return switch (stream.failure().orElse(null)) {
      // a chunked body without its end: the server died or gave up
      case ProtocolException _ -> server.failures().endedEarly();
      case EOFException _ -> server.failures().endedEarly();
      case IOException e -> server.failures().unreachable(e);
      case null, default -> server.failures().endedEarly();
    };
  }

  private Optional<FinishReason> endedFromHere() {
    if (isCancelled()) {
      return Optional.of(FinishReason.CANCELLED);
    }
    return nanosLeft() <= 0 ? Optional.of(FinishReason.TIME_LIMIT) : Optional.empty();
  }

  private boolean isCancelled() {
    return cancelled.getCount() == 0;
  }

  private long nanosLeft() {
    return request.options().timeLimit().toNanos() - (System.nanoTime() - startedAt);
  }

  private GenerationResult resultOf(AnswerStream stream, FinishReason reason, long acceptedAt) {
    stream.finish();
    long endedAt = System.nanoTime();
    String text = stream.text();
    long begunAt = stream.begun() ? stream.begunAt() : endedAt;
    int promptTokens = stream.usage().path("prompt_tokens").asInt(request.promptTokens());
    int cachedTokens = stream.usage().path("prompt_tokens_details").path("cached_tokens").asInt(0);
    int generatedTokens =
        stream.usage().path("completion_tokens").asInt(TokenEstimate.of(stream.thought() + text));
    if (stream.begun()) {
      speed.measured(
          promptTokens - cachedTokens,
          Duration.ofNanos(begunAt - openedAt),
          generatedTokens,
          Duration.ofNanos(endedAt - begunAt));
    }
    return new GenerationResult(
        stream.thought(),
        text,
        reason,
        promptTokens,
        cachedTokens,
        generatedTokens,
        Duration.ofNanos(acceptedAt - startedAt),
        Duration.ofNanos(begunAt - startedAt),
        Duration.ofNanos(endedAt - startedAt));
  }
}
