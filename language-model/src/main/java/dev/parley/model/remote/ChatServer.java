package dev.parley.model.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.model.ModelException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** The server's addresses and the connections to it. Thread-safe. */
final class ChatServer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final MediaType JSON_TYPE = MediaType.get("application/json");

  /** A listing takes no thinking, whatever an answer may take. */
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);

  private final OkHttpClient http;
  private final HttpUrl base;
  private final ApiKey key;
  private final ServerFailures failures;
  private final Duration lookTimeout;

  ChatServer(RemoteModelOptions options) {
    HttpUrl given = HttpUrl.get(options.baseUrl().toString());
    this.base =
        given.encodedPath().equals("/") ? given.newBuilder().addPathSegment("v1").build() : given;
    this.key = options.key();
    this.failures = new ServerFailures(base, key);
    Duration idle = options.idleTimeout();
    this.lookTimeout = idle.compareTo(LONGEST_LOOK) < 0 ? idle : LONGEST_LOOK;
    this.http =
        new OkHttpClient.Builder()
            .connectTimeout(options.connectTimeout())
            .readTimeout(idle)
            // the key and people's text go to the address that was configured and nowhere else
            .followRedirects(false)
            .build();
  }

  String host() {
    return base.host() + ":" + base.port();
  }

  ServerFailures failures() {
    return failures;
  }

  Call chat(String json) {
    return http.newCall(
        request("chat/completions")
            .header("Accept", "text/event-stream")
            .post(RequestBody.create(json, JSON_TYPE))
            .build());
  }

  /**
   * The model of this name, or the first one where the name is empty; empty where the server lists
   * nothing of the kind.
   *
   * @throws ModelException if the server cannot be reached, wants another key or is none
   */
  Optional<ServedModel> look(String modelName) {
    try (Response response = quick().newCall(request("models").build()).execute()) {
      if (response.code() == 404 || response.code() == 405 || response.code() == 501) {
        return Optional.empty();
      }
      if (!response.isSuccessful()) {
        throw failures.refused(response, modelName);
      }
      return ServedModel.find(modelName, JSON.readTree(response.body().string()));
    } catch (JsonProcessingException e) {
      throw failures.notAModelServer();
    } catch (IOException e) {
      throw failures.unreachable(e);
    }
  }

  /**
   * Asks how the server is: at {@code /health}, beside the version, as vLLM and llama-server have
   * it, else for its models.
   *
   * @throws ModelException if it is not well or cannot be reached
   */
  void check(String modelName) {
    Request health =
        authorized(base.newBuilder().setPathSegment(base.pathSize() - 1, "health").build()).build();
    try (Response response = quick().newCall(health).execute()) {
      if (response.isSuccessful()) {
        return;
      }
      if (response.code() >= 500 && response.code() != 501) {
        throw failures.unwell(response.code());
      }
    } catch (IOException e) {
      throw failures.unreachable(e);
    }
    look(modelName);
  }

  private OkHttpClient quick() {
    return http.newBuilder().readTimeout(lookTimeout).build();
  }

  void close() {
    http.connectionPool().evictAll();
  }

  private Request.Builder request(String path) {
    return authorized(base.newBuilder().addPathSegments(path).build());
  }

  private Request.Builder authorized(HttpUrl url) {
    Request.Builder request = new Request.Builder().url(url);
    return key.isPresent() ? request.header("Authorization", "Bearer " + key.value()) : request;
  }
}
