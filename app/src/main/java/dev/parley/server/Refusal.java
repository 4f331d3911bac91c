package dev.parley.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.model.ModelException;
import dev.parley.model.template.TemplateException;
import dev.parley.queue.QueueClosedException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request that gets no answer, in the shape of OpenAI's errors. No key is ever in it. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1;
  private static final Logger log = LoggerFactory.getLogger(Refusal.class);
  private static final String INVALID = "invalid_request_error";
  private static final String FAULT = "server_error";
  private static final int SHOWN = 60;

  private final int status;
  private final String type;
  private final @Nullable String param;
  private final @Nullable String code;
  private final Map<String, String> headers;

  private Refusal(
      int status,
      String type,
      @Nullable String param,
      @Nullable String code,
      String message,
      Map<String, String> headers) {
    super(message);
    this.status = status;
    this.type = type;
    this.param = param;
    this.code = code;
    this.headers = Map.copyOf(headers);
  }

  /** Something is wrong with the request as a whole. */
  static Refusal malformed(String message) {
    return new Refusal(400, INVALID, null, null, message, Map.of());
  }

  /** A field is wrong: the sentence goes on after its name. */
  static Refusal wrong(String field, String sentence) {
    return new Refusal(
        400, INVALID, field, "invalid_value", "'" + field + "' " + sentence + ".", Map.of());
  }

  /** A field asks for something that would change the answer and cannot be had. */
  static Refusal unsupported(String field) {
    return new Refusal(
        400,
        INVALID,
        field,
        "unsupported_parameter",
        "'" + field + "' is not supported, or not with this value: leave it out.",
        Map.of());
  }

  static Refusal tooLong(String field, int tokens, int contextLength) {
    return new Refusal(
        400,
        INVALID,
        field,
        "context_length_exceeded",
        "The prompt has %d tokens and leaves no room in this model's context of %d tokens."
            .formatted(tokens, contextLength),
        Map.of());
  }

  static Refusal wrongKey(String sentence) {
    return new Refusal(
        401, INVALID, null, "invalid_api_key", sentence, Map.of("WWW-Authenticate", "Bearer"));
  }

  static Refusal wrongHost() {
    return new Refusal(
        403,
        INVALID,
        null,
        "wrong_host",
        "Without a key this server answers under localhost and 127.0.0.1 only: set server.key.",
        Map.of());
  }

  static Refusal unknownModel(String asked, String served) {
    return new Refusal(
        404,
        INVALID,
        "model",
        "model_not_found",
        "The model '%s' does not exist here: this server has %s.".formatted(shown(asked), served),
        Map.of());
  }

  static Refusal unknownPath(String path) {
    return new Refusal(
        404, INVALID, null, "unknown_url", "There is no " + shown(path) + " here.", Map.of());
  }

  static Refusal wrongMethod(String allowed) {
    return new Refusal(
        405,
        INVALID,
        null,
        "method_not_allowed",
        "Use " + allowed + " here.",
        Map.of("Allow", allowed));
  }

  static Refusal tooLarge(int largest) {
    return new Refusal(
        413,
        INVALID,
        null,
        "request_too_large",
        "A request may have at most %d kilobytes.".formatted(largest / 1024),
        Map.of());
  }

  static Refusal wrongType() {
    return new Refusal(
        415,
        INVALID,
        null,
        "unsupported_media_type",
        "The body must be JSON: send Content-Type: application/json.",
        Map.of());
  }

  /**
   * The queue is full.
   *
   * @param user whether it is the user's own part of it
   */
  static Refusal full(boolean user, Duration untilRoom) {
    return new Refusal(
        429,
        "requests",
        null,
        "rate_limit_exceeded",
        (user ? "Too many of this user's requests wait" : "Too many requests wait")
            + ": try again later.",
        Map.of("Retry-After", String.valueOf(Math.max(1, untilRoom.toSeconds()))));
  }

  static Refusal closing() {
    return new Refusal(
        503,
        FAULT,
        null,
        "shutting_down",
        "The server is closing: try again later.",
        Map.of("Retry-After", "5"));
  }

  /** What a generation failed with. */
  static Refusal because(Throwable failure) {
    return switch (failure) {
      case QueueClosedException _ -> closing();
      case TemplateException e -> malformed(String.valueOf(e.getMessage()));
      case ModelException e -> fault(String.valueOf(e.getMessage()));
      default -> {
        log.error("A request failed", failure);
        yield fault("The server failed: its log says why.");
      }
    };
  }

  private static Refusal fault(String message) {
    return new Refusal(500, FAULT, null, null, message, Map.of());
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  ObjectNode json() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("error")
        .put("message", getMessage())
        .put("type", type)
        .put("param", param)
        .put("code", code);
    return body;
  }

  /** Short, on one line and whole Unicode. */
  static String shown(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\p{Cs}]", " ");
    return line.length() <= SHOWN
        ? line
        : line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, SHOWN))) + "…";
  }
}
