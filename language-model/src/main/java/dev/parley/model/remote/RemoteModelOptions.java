package dev.parley.model.remote;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;

/**
 * Where a model server is and how it is used.
 *
 * @param baseUrl http or https address up to and with the version, such as {@code
 *     http://localhost:8000/v1}; {@code /v1} is added where there is no path
 * @param modelName as the server lists it; empty takes the first one it lists
 * @param key sent as bearer token
 * @param contextLength most tokens of prompt and answer together; 0 takes what the server tells,
 *     else {@value #USUAL_CONTEXT_LENGTH}
 * @param parallel how many generations the server is trusted to run at once, at least 1
 * @param connectTimeout for the connection alone
 * @param idleTimeout longest silence of the server, the time to the first token included
 */
public record RemoteModelOptions(
    URI baseUrl,
    String modelName,
    ApiKey key,
    int contextLength,
    int parallel,
    Duration connectTimeout,
    Duration idleTimeout) {

  /** What is assumed of a server that does not tell. */
  public static final int USUAL_CONTEXT_LENGTH = 8192;

  public RemoteModelOptions {
    String scheme = Objects.requireNonNullElse(baseUrl.getScheme(), "");
    if (!(scheme.equals("http") || scheme.equals("https")) || baseUrl.getHost() == null) {
      throw new IllegalArgumentException(
          "the model server's address must be like http://localhost:8000/v1");
    }
    if (baseUrl.getUserInfo() != null || baseUrl.getQuery() != null) {
      throw new IllegalArgumentException(
          "the model server's address must hold no password and no query: give the key apart");
    }
    Objects.requireNonNull(modelName, "modelName");
    Objects.requireNonNull(key, "key");
    if (contextLength < 0 || parallel < 1) {
      throw new IllegalArgumentException(
          "contextLength must be 0 or more and parallel at least 1, not %d and %d"
              .formatted(contextLength, parallel));
    }
    requirePositive(connectTimeout, "connectTimeout");
    requirePositive(idleTimeout, "idleTimeout");
  }

  /** Four at once, 5 s to connect, 120 s of silence, the context length as the server tells. */
  public static RemoteModelOptions of(URI baseUrl, String modelName, ApiKey key) {
    return new RemoteModelOptions(
        baseUrl, modelName, key, 0, 4, Duration.ofSeconds(5), Duration.ofSeconds(120));
  }

  public RemoteModelOptions withContextLength(int value) {
    return new RemoteModelOptions(
        baseUrl, modelName, key, value, parallel, connectTimeout, idleTimeout);
  }

  public RemoteModelOptions withParallel(int value) {
    return new RemoteModelOptions(
        baseUrl, modelName, key, contextLength, value, connectTimeout, idleTimeout);
  }

  public RemoteModelOptions withIdleTimeout(Duration value) {
    return new RemoteModelOptions(
        baseUrl, modelName, key, contextLength, parallel, connectTimeout, value);
  }

  private static void requirePositive(Duration value, String name) {
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException(name + " must be positive, not " + value);
    }
  }
}
