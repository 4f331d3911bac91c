package dev.parley.model.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.parley.model.FinishReason;
import dev.parley.model.ModelException;
import dev.parley.model.TextListener;
import dev.parley.model.Thoughts;
import java.util.Optional;
import okhttp3.Response;
import okhttp3.sse.EventSource;
import okhttp3.sse.EventSourceListener;
import org.jspecify.annotations.Nullable;

/**
 * Gathers one streamed answer and hands its text on, and its thought, whether the server tells that
 * apart or not. Confined to the thread that reads it.
 */
final class AnswerStream extends EventSourceListener {
  private final TextListener listener;
  private final ServerFailures failures;
  private final Thoughts thoughts;
  private final WholeCharacters textPieces = new WholeCharacters();
  private final WholeCharacters thoughtPieces = new WholeCharacters();
  private final StringBuilder thought = new StringBuilder();
  private final StringBuilder text = new StringBuilder();
  private Optional<FinishReason> finishReason = Optional.empty();
  private Optional<Throwable> failure = Optional.empty();
  private JsonNode usage = MissingNode.getInstance();
  private boolean begun;
  private long begunAt;

  /**
   * @param beginning where in an answer the stream begins
   */
  AnswerStream(Thoughts.At beginning, TextListener listener, ServerFailures failures) {
    this.thoughts = new Thoughts(beginning, new Told());
    this.listener = listener;
    this.failures = failures;
  }

  @Override
  public void onEvent(EventSource source, @Nullable String id, @Nullable String type, String data) {
    if (data.equals(ChatChunk.DONE)) {
      finishReason = Optional.of(finishReason.orElse(FinishReason.END));
      source.cancel();
      return;
    }
    ChatChunk chunk = parse(data);
    if (!chunk.error().isEmpty()) {
      throw failures.gaveUp(chunk.error());
    }
    hear(chunk);
    if (!chunk.finishReason().isEmpty()) {
      finishReason = Optional.of(finishReasonOf(chunk));
    }
    if (chunk.usage().isObject()) {
      usage = chunk.usage();
    }
  }

  @Override
  public void onFailure(EventSource source, @Nullable Throwable t, @Nullable Response response) {
    failure = Optional.ofNullable(t);
  }

  private ChatChunk parse(String data) {
    try {
      return ChatChunk.parse(data);
    } catch (JsonProcessingException e) {
      // its message would quote the answer
      throw failures.notJson();
    }
  }

  private void hear(ChatChunk chunk) {
    if (!begun && !(chunk.thought().isEmpty() && chunk.text().isEmpty())) {
      begun = true;
      begunAt = System.nanoTime();
    }
    if (!chunk.thought().isEmpty()) {
      thoughts.addThought(thoughtPieces.add(chunk.thought()));
    }
    thoughts.add(textPieces.add(chunk.text()));
  }

  /** The stream has ended: what could have become a tag did not. */
  void finish() {
    thoughts.finish();
  }

  private final class Told implements TextListener {
    @Override
    public void text(String piece) {
      text.append(piece);
      tell(() -> listener.text(piece));
    }

    @Override
    public void thought(String piece) {
      thought.append(piece);
      tell(() -> listener.thought(piece));
    }

    private static void tell(Runnable piece) {
      try {
        piece.run();
      } catch (RuntimeException e) {
        throw new ModelException("What listens to this answer failed: " + e, e);
      }
    }
  }

  private FinishReason finishReasonOf(ChatChunk chunk) {
    return switch (chunk.finishReason()) {
      case "length", "max_tokens" -> FinishReason.LENGTH;
      case "stop_sequence" -> FinishReason.STOP_TEXT;
      case "content_filter" -> throw failures.withheld();
      default -> chunk.stoppedByText() ? FinishReason.STOP_TEXT : FinishReason.END;
    };
  }

  String thought() {
    return thought.toString().strip();
  }

  String text() {
    return text.toString();
  }

  /** Whether there was a word, be it of a thought. */
  boolean begun() {
    return begun;
  }

  /** Empty while the server has not said that the answer is whole. */
  Optional<FinishReason> finishReason() {
    return finishReason;
  }

  /** What broke the stream, be it the connection, the server's words or the listener. */
  Optional<Throwable> failure() {
    return failure;
  }

  /** The server's token counts; a missing node where it sent none. */
  JsonNode usage() {
    return usage;
  }

  /** On the clock of {@link System#nanoTime()}; meaningless before it has begun. */
  long begunAt() {
    return begunAt;
  }
}
