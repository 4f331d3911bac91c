package dev.parley.model.engine;

import dev.parley.model.FinishReason;
import dev.parley.model.Generation;
import dev.parley.model.GenerationOptions;
import dev.parley.model.GenerationResult;
import dev.parley.model.ModelException;
import dev.parley.model.TextListener;
import dev.parley.model.Thoughts;
import dev.parley.model.sampling.Sampler;
import dev.parley.model.tokenizer.TextDecoder;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/**
 * One generation on its way through the engine. Confined to the engine thread, but for {@link
 * #cancel}, {@link #fail} and {@link #result}.
 */
final class Sequence implements Arrival, Generation {
  private static final int NOT_YET = -1;

  private final GenerationOptions options;
  private final TextListener listener;
  private final TextDecoder decoder;
  private final Thoughts thoughts;
  private final StopTexts stops;
  private final Sampler sampler;
  private final CompletableFuture<GenerationResult> result = new CompletableFuture<>();
  private final StringBuilder thought = new StringBuilder();
  private final StringBuilder text = new StringBuilder();
  private final int promptLength;
  private final long calledAt = System.nanoTime();
  private int[] tokens;
  private int length;
  private int toRead;
  private int computed;
  private int cached;
  private int slot = NOT_YET;
  private boolean begun;
  private long startedAt;
  private long firstTokenAt;
  private volatile boolean cancelled;
  private boolean failed; // guarded by this

  Sequence(
      int[] prompt,
      GenerationOptions options,
      TextListener listener,
      TextDecoder decoder,
      Thoughts.At beginning,
      long seed) {
    this.options = options;
    this.listener = listener;
    this.decoder = decoder;
    this.thoughts = new Thoughts(beginning, new Told());
    this.stops = new StopTexts(options.stopTexts());
    this.sampler = new Sampler(options.sampling(), seed);
    this.promptLength = prompt.length;
    this.tokens = Arrays.copyOf(prompt, prompt.length + 64);
    this.length = prompt.length;
    this.toRead = prompt.length;
    for (int token : prompt) {
      sampler.saw(token);
    }
  }

  @Override
  public void cancel() {
    cancelled = true;
  }

  @Override
  public CompletableFuture<GenerationResult> result() {
    return result;
  }

  boolean cancelled() {
    return cancelled;
  }

  boolean timeIsUp() {
    return System.nanoTime() - calledAt >= options.timeLimit().toNanos();
  }

  /** Whether the same answer is wanted whatever else ran before and runs beside it. */
  boolean repeatable() {
    return options.sampling().seed().isPresent();
  }

  int slot() {
    return slot;
  }

  /** Takes a slot; {@link #begin} follows when it is its turn to be read. */
  void takeSlot(int number) {
    slot = number;
  }

  boolean begun() {
    return begun;
  }

  /** The first work on it: so many tokens are in the slot already. */
  void begin(int tokensCached) {
    begun = true;
    computed = tokensCached;
    if (startedAt == 0) {
      startedAt = System.nanoTime();
      cached = tokensCached;
    }
  }

  /** Gives its slot up, to go on in one where it is: its answer is read like a prompt then. */
  void waitAgain() {
    begun = false;
    slot = NOT_YET;
    toRead = length;
  }

  /** Whether part of the prompt is still to be read. */
  boolean reading() {
    return computed < toRead;
  }

  /** The next piece of the prompt. */
  int[] nextPiece() {
    int end = (computed / Beginning.PIECE + 1) * Beginning.PIECE;
    return Arrays.copyOfRange(tokens, computed, Math.min(toRead, end));
  }

  /** So many more tokens are in the slot. */
  void computed(int more) {
    computed += more;
  }

  /** How many tokens are in the slot. */
  int computed() {
    return computed;
  }

  /** What is to be in a slot before a token can be drawn. */
  int[] prompt() {
    return Arrays.copyOf(tokens, toRead);
  }

  int[] computedTokens() {
    return Arrays.copyOf(tokens, computed);
  }

  int lastToken() {
    return tokens[length - 1];
  }

  int generated() {
    return length - promptLength;
  }

  int maxTokens() {
    return options.maxTokens();
  }

  boolean ignoresEnd() {
    return options.ignoreEnd();
  }

  boolean stopTextFound() {
    return stops.found();
  }

  /** Draws its tokens; knows those that were added. */
  Sampler sampler() {
    return sampler;
  }

  /** Adds the token that was drawn. */
  void add(int token) {
    sampler.drew(token);
    if (length == tokens.length) {
      tokens = Arrays.copyOf(tokens, length * 2);
    }
    tokens[length++] = token;
    if (firstTokenAt == 0) {
      firstTokenAt = System.nanoTime();
    }
  }

  /** Hands out the text of a token, as far as it is certain. */
  void emit(int token) {
    thoughts.add(decoder.add(token));
  }

  void finish(FinishReason reason) {
    if (!stops.found()) {
      thoughts.add(decoder.finish());
      thoughts.finish();
      if (!stops.found()) {
        hand(stops.finish());
      }
    }
    long now = System.nanoTime();
    long started = startedAt == 0 ? now : startedAt;
    long first = firstTokenAt == 0 ? now : firstTokenAt;
    result.complete(
        new GenerationResult(
            thought.toString().strip(),
            text.toString(),
            reason,
            promptLength,
            cached,
            generated(),
            Duration.ofNanos(started - calledAt),
            Duration.ofNanos(first - calledAt),
            Duration.ofNanos(now - calledAt)));
  }

  /** By any thread; nothing is handed out afterwards. */
  @Override
  public void fail(Throwable cause) {
    synchronized (this) {
      failed = true;
    }
    result.completeExceptionally(
        cause instanceof ModelException known
            ? known
            : new ModelException("The model could not finish the answer: " + cause, cause));
  }

  /** A thought may say a stop text without ending by it. */
  private final class Told implements TextListener {
    @Override
    public void text(String piece) {
      hand(stops.add(piece));
    }

    @Override
    public void thought(String piece) {
      thought.append(piece);
      tell(() -> listener.thought(piece));
    }
  }

  /** An engine that was given up may go on all the same. */
  private synchronized void tell(Runnable piece) {
    if (!failed) {
      piece.run();
    }
  }

  private void hand(String piece) {
    if (!piece.isEmpty()) {
      text.append(piece);
      tell(() -> listener.text(piece));
    }
  }
}
