package dev.parley.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.model.FinishReason;
import dev.parley.model.GenerationResult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * How one answer is written in JSON: OpenAI's objects {@code chat.completion} and {@code
 * text_completion}, whole and in chunks. Immutable.
 */
abstract sealed class AnswerFormat permits ChatFormat, TextFormat {
  private final String id;
  private final String object;
  private final long created = Instant.now().getEpochSecond();
  private final ServedModel served;

  AnswerFormat(String prefix, String object, ServedModel served) {
    this.id = prefix + UUID.randomUUID().toString().replace("-", "");
    this.object = object;
    this.served = served;
  }

  static AnswerFormat chat(ServedModel served) {
    return new ChatFormat(served);
  }

  static AnswerFormat text(ServedModel served) {
    return new TextFormat(served);
  }

  /** What comes before the first text. */
  abstract List<ObjectNode> beginning();

  /** The next thought, where it is said, and the next text. */
  abstract List<ObjectNode> pieces(Pieces.Piece next);

  /** After the last text. */
  abstract ObjectNode end(FinishReason reason);

  /** All of it at once. */
  abstract ObjectNode whole(GenerationResult result);

  /** The token counts after a stream. */
  final ObjectNode usage(GenerationResult result) {
    ObjectNode chunk = envelope(chunkObject());
    chunk.putArray("choices");
    return withUsage(chunk, result);
  }

  /** What chunks are called. */
  abstract String chunkObject();

  final ObjectNode wholeWith(ObjectNode choice, GenerationResult result) {
    ObjectNode whole = envelope(object);
    whole.putArray("choices").add(choice);
    return withUsage(whole, result);
  }

  final ObjectNode chunkWith(ObjectNode choice) {
    ObjectNode chunk = envelope(chunkObject());
    chunk.putArray("choices").add(choice);
    return chunk;
  }

  static ObjectNode choice(Optional<FinishReason> reason) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("index", 0)
        .put("finish_reason", reason.map(AnswerFormat::word).orElse(null))
        .putNull("logprobs");
  }

  private static String word(FinishReason reason) {
    return switch (reason) {
      case END, STOP_TEXT -> "stop";
      case LENGTH, TIME_LIMIT, CANCELLED -> "length";
    };
  }

  private ObjectNode envelope(String name) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", id)
        .put("object", name)
        .put("created", created)
        .put("model", served.name())
        .put("system_fingerprint", served.model().info().version());
  }

  private static ObjectNode withUsage(ObjectNode answer, GenerationResult result) {
    ObjectNode usage =
        answer
            .putObject("usage")
            .put("prompt_tokens", result.promptTokens())
            .put("completion_tokens", result.generatedTokens())
            .put("total_tokens", result.promptTokens() + result.generatedTokens());
    usage.putObject("prompt_tokens_details").put("cached_tokens", result.cachedTokens());
    return answer;
  }
}
