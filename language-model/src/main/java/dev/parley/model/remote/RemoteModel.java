package dev.parley.model.remote;

import dev.parley.model.Capacity;
import dev.parley.model.ChatMessage;
import dev.parley.model.Generation;
import dev.parley.model.GenerationOptions;
import dev.parley.model.LanguageModel;
import dev.parley.model.ModelException;
import dev.parley.model.ModelInfo;
import dev.parley.model.TextListener;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model behind an OpenAI-compatible server: each generation is one streamed {@code
 * /v1/chat/completions} on a virtual thread, and cancelling it closes its connection. Thread-safe.
 *
 * <p>Follows OpenAI's API reference ("Create chat completion", streaming) and what vLLM and
 * llama-server add to it.
 */
public final class RemoteModel implements LanguageModel {
  private static final Logger log = LoggerFactory.getLogger(RemoteModel.class);

  private final ChatServer server;
  private final ModelInfo info;
  private final Backoff backoff;
  private final Speed speed;
  private final Set<String> refusedFields = ConcurrentHashMap.newKeySet();
  private final Set<RemoteGeneration> running = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private RemoteModel(
      ChatServer server, ModelInfo info, RemoteModelOptions options, Backoff backoff) {
    this.server = server;
    this.info = info;
    this.backoff = backoff;
    this.speed = new Speed(options.parallel());
  }

  /**
   * Asks the server what it serves.
   *
   * @throws ModelException if it cannot be reached, does not accept the key, or neither it nor the
   *     options name a model
   */
  public static RemoteModel connect(RemoteModelOptions options) {
    return connect(options, usualBackoff());
  }

  static Backoff usualBackoff() {
    return new Backoff(Duration.ofSeconds(1), InstantSource.system(), new Random());
  }

  static RemoteModel connect(RemoteModelOptions options, Backoff backoff) {
    ChatServer server = new ChatServer(options);
    Optional<ServedModel> served = server.look(options.modelName());
    String name = served.map(ServedModel::name).orElse(options.modelName());
    if (name.isEmpty()) {
      throw new ModelException(
          "The model server at %s lists no model: set PARLEY_MODEL_NAME to the one to use."
              .formatted(options.baseUrl()));
    }
    int told = served.map(ServedModel::contextLength).orElse(0);
    int usual = told > 0 ? told : RemoteModelOptions.USUAL_CONTEXT_LENGTH;
    int contextLength = options.contextLength() > 0 ? options.contextLength() : usual;
    ModelInfo info =
        new ModelInfo(name, name + "@" + server.host(), contextLength, "unknown", List.of());
    log.info("model {} at {}, context of {} tokens", name, server.host(), contextLength);
    return new RemoteModel(server, info, options, backoff);
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  @Override
  public Capacity capacity() {
    return speed.capacity();
  }

  /** An estimate: a token a character in Chinese, one per 3.5 characters in English. */
  @Override
  public int countTokens(List<ChatMessage> messages) {
    return TokenEstimate.of(messages);
  }

  @Override
  public Generation generate(
      List<ChatMessage> messages, GenerationOptions options, TextListener listener) {
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("there is no message to answer");
    }
    int promptTokens = countTokens(messages);
    if (promptTokens >= info.contextLength()) {
      throw new IllegalArgumentException(
          "the prompt has about %d tokens and leaves no room in a context of %d"
              .formatted(promptTokens, info.contextLength()));
    }
    int maxTokens = Math.min(options.maxTokens(), info.contextLength() - promptTokens);
    RemoteGeneration generation =
        new RemoteGeneration(
            server,
            new ChatRequest(info.name(), messages, options, promptTokens, maxTokens),
            refusedFields,
            listener,
            backoff,
            speed);
    running.add(generation);
    if (closed) {
      running.remove(generation);
      throw new ModelException("The model " + info.name() + " is closed.");
    }
    Thread.ofVirtual()
        .name("remote-generation")
        .start(
            () -> {
              generation.run();
              running.remove(generation);
            });
    return generation;
  }

  /**
   * Asks the server how it is.
   *
   * @throws ModelException if it is not well or cannot be reached
   */
  void check() {
    server.check(info.name());
  }

  @Override
  public void close() {
    closed = true;
    List<RemoteGeneration> ending = List.copyOf(running);
    ending.forEach(RemoteGeneration::cancel);
    ending.forEach(generation -> generation.result().handle((result, failure) -> true).join());
    server.close();
  }
}
