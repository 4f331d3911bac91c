package dev.parley.model.remote;

import dev.parley.model.ChatMessage;
import dev.parley.model.FinishReason;
import dev.parley.model.Generation;
import dev.parley.model.GenerationOptions;
import dev.parley.model.GenerationResult;
import dev.parley.model.LanguageModel;
import dev.parley.model.ModelException;
import dev.parley.model.TextListener;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * One answer of a pool: an attempt on one server after the other, until one gives text or a
 * thought. What has given some is never tried again, or it would be read twice. {@link #cancel} may
 * come from any thread; the attempts follow one another.
 */
final class PooledGeneration implements Generation {
  private final ServerPool pool;
  private final List<ChatMessage> messages;
  private final GenerationOptions options;
  private final TextListener listener;
  private final long startedAt = System.nanoTime();
  private final CompletableFuture<GenerationResult> result = new CompletableFuture<>();

  /** Confined to the attempts. */
  private final Set<PooledServer> tried = new HashSet<>();

  private volatile boolean heard;
  private volatile boolean cancelled;

  /** What runs now; null between attempts. Guarded by this. */
  private @Nullable Generation attempt;

  /** Whether the model that stands in is waited for, which may take long. Guarded by this. */
  private boolean waits;

  PooledGeneration(
      ServerPool pool,
      List<ChatMessage> messages,
      GenerationOptions options,
      TextListener listener) {
    this.pool = pool;
    this.messages = List.copyOf(messages);
    this.options = options;
    this.listener = listener;
  }

  @Override
  public void cancel() {
    Generation running;
    boolean endsNow;
    synchronized (this) {
      cancelled = true;
      running = attempt;
      endsNow = waits;
      waits = false;
    }
    if (running != null) {
      running.cancel();
    }
    if (endsNow) {
      result.complete(nothing(FinishReason.CANCELLED));
    }
  }

  @Override
  public CompletableFuture<GenerationResult> result() {
    return result;
  }

  /** Begins, and goes on to the next server for as long as one is left; returns at once. */
  void next(Optional<ServerFault> before) {
    if (cancelled || nanosLeft() <= 0) {
      result.complete(nothing(cancelled ? FinishReason.CANCELLED : FinishReason.TIME_LIMIT));
      return;
    }
    Optional<PooledServer> server = pool.take(messages, tried);
    if (server.isPresent()) {
      tried.add(server.get());
      run(server.get().model().orElseThrow(), server);
    } else if (pool.standby().isPresent()) {
      standIn(pool.standby().get());
    } else {
      result.completeExceptionally(
          before.<ModelException>map(fault -> fault).orElseGet(pool::nobodyAnswers));
    }
  }

  private void standIn(Standby standby) {
    synchronized (this) {
      waits = !cancelled;
    }
    var _ =
        standby
            .model()
            .whenComplete(
                (model, failure) -> {
                  boolean wanted;
                  synchronized (this) {
                    wanted = waits;
                    waits = false;
                  }
                  if (!wanted) {
                    result.complete(nothing(FinishReason.CANCELLED));
                  } else if (model == null) {
                    result.completeExceptionally(plain(failure));
                  } else {
                    run(model, Optional.empty());
                  }
                });
  }

  private void run(LanguageModel model, Optional<PooledServer> server) {
    long begunAt = System.nanoTime();
    Generation begun;
    try {
      begun = model.generate(messages, withTheTimeLeft(), new Hearing());
    } catch (RuntimeException | Error e) {
      ended(server, begunAt, null, e);
      return;
    }
    synchronized (this) {
      attempt = begun;
    }
    if (cancelled) {
      begun.cancel();
    }
    var _ = begun.result().whenComplete((got, failure) -> ended(server, begunAt, got, failure));
  }

  private final class Hearing implements TextListener {
    @Override
    public void text(String piece) {
      heard = true;
      listener.text(piece);
    }

    @Override
    public void thought(String piece) {
      heard = true;
      listener.thought(piece);
    }
  }

  private void ended(
      Optional<PooledServer> server,
      long begunAt,
      @Nullable GenerationResult got,
      @Nullable Throwable failure) {
    synchronized (this) {
      attempt = null;
    }
    server.ifPresent(pool::release);
    if (got != null) {
      result.complete(later(got, Duration.ofNanos(begunAt - startedAt)));
      return;
    }
    Throwable cause = plain(failure);
    if (cause instanceof ServerFault fault) {
      server.ifPresent(s -> s.failed(fault));
      if (server.isPresent() && !heard) {
        next(Optional.of(fault));
        return;
      }
    }
    result.completeExceptionally(
        cause instanceof ModelException
            ? cause
            : new ModelException("The answer failed: " + cause.getMessage(), cause));
  }

  private static Throwable plain(@Nullable Throwable failure) {
    Throwable known = failure == null ? new ModelException("The answer failed.") : failure;
    return known instanceof CompletionException && known.getCause() != null
        ? known.getCause()
        : known;
  }

  private GenerationOptions withTheTimeLeft() {
    return new GenerationOptions(
        options.maxTokens(),
        options.sampling(),
        options.stopTexts(),
        Duration.ofNanos(Math.max(1, nanosLeft())),
        options.ignoreEnd());
  }

  private long nanosLeft() {
    return options.timeLimit().toNanos() - (System.nanoTime() - startedAt);
  }

  /** With the time that earlier attempts took. */
  private static GenerationResult later(GenerationResult got, Duration before) {
    return new GenerationResult(
        got.thought(),
        got.text(),
        got.finishReason(),
        got.promptTokens(),
        got.cachedTokens(),
        got.generatedTokens(),
        got.waited().plus(before),
        got.toFirstToken().plus(before),
        got.total().plus(before));
  }

  private GenerationResult nothing(FinishReason reason) {
    Duration time = Duration.ofNanos(System.nanoTime() - startedAt);
    return new GenerationResult("", reason, pool.countTokens(messages), 0, 0, time, time, time);
  }
}
