package dev.parley.model.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.parley.model.FinishReason;
import dev.parley.model.ModelException;
import dev.parley.model.TextListener;
import java.util.Optional;
import okhttp3.Response;
import okhttp3.sse.EventSource;
import okhttp3.sse.EventSourceListener;
import org.jspecify.annotations.Nullable;

/** Gathers one streamed answer and hands its text on. Confined to the thread that reads it. */
final class AnswerStream extends EventSourceListener {
  private final TextListener listener;
  private final ServerFailures failures;
  private final StringBuilder text = new StringBuilder();

  /** The first half of a character whose second half is still to come. */
  private String half = "";

  private Optional<FinishReason> finishReason = Optional.empty();
  private Optional<Throwable> failure = Optional.empty();
  private JsonNode usage = MissingNode.getInstance();
  private long firstTextAt;

  AnswerStream(TextListener listener, ServerFailures failures) {
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
    hear(chunk.text());
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

  private void hear(String piece) {
    String whole = half + piece;
    boolean endsInHalf =
        !whole.isEmpty() && Character.isHighSurrogate(whole.charAt(whole.length() - 1));
    int end = endsInHalf ? whole.length() - 1 : whole.length();
    half = whole.substring(end);
    if (end == 0) {
      return;
    }
    if (text.isEmpty()) {
      firstTextAt = System.nanoTime();
    }
    text.append(whole, 0, end);
    try {
      listener.text(whole.substring(0, end));
    } catch (RuntimeException e) {
      throw new ModelException("What listens to this answer failed: " + e, e);
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

  String text() {
    return text.toString();
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

  /** On the clock of {@link System#nanoTime()}; meaningless while there is no text. */
  long firstTextAt() {
    return firstTextAt;
  }
}
