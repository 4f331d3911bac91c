package dev.parley.model.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges texts by an OpenAI-compatible {@code /v1/moderations} (OpenAI's API reference, "Create
 * moderation"). Thread-safe.
 */
public final class ModerationEndpoint {
  private static final Logger log = LoggerFactory.getLogger(ModerationEndpoint.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final MediaType JSON_TYPE = MediaType.get("application/json");

  /** An answer waits for it. */
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final OkHttpClient http =
      new OkHttpClient.Builder().callTimeout(LONGEST).followRedirects(false).build();
  private final HttpUrl url;
  private final String model;
  private final ApiKey key;

  /**
   * @param baseUrl up to and with the version, as for {@link RemoteModelOptions}
   * @param model empty lets the server choose
   */
  public ModerationEndpoint(URI baseUrl, String model, ApiKey key) {
    HttpUrl given = HttpUrl.get(baseUrl.toString());
    HttpUrl base =
        given.encodedPath().equals("/") ? given.newBuilder().addPathSegment("v1").build() : given;
    this.url = base.newBuilder().addPathSegment("moderations").build();
    this.model = model;
    this.key = key;
  }

  /**
   * The names of the categories that a text is flagged for, none where it is not; takes at most
   * five seconds.
   *
   * @return empty where nobody answered as they should, which is logged
   */
  public Optional<Set<String>> flagged(String text) {
    try (Response response = http.newCall(request(text)).execute()) {
      if (!response.isSuccessful()) {
        log.warn("The moderation endpoint at {} answered {}", url.host(), response.code());
        return Optional.empty();
      }
      return read(JSON.readTree(response.body().string()));
    } catch (IOException e) {
      log.warn(
          "The moderation endpoint at {} could not be asked: {}",
          url.host(),
          key.removeFrom(String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }

  private Request request(String text) {
    var body = JSON.createObjectNode().put("input", text);
    if (!model.isEmpty()) {
      body.put("model", model);
    }
    Request.Builder request =
        new Request.Builder().url(url).post(RequestBody.create(body.toString(), JSON_TYPE));
    return key.isPresent()
        ? request.header("Authorization", "Bearer " + key.value()).build()
        : request.build();
  }

  private Optional<Set<String>> read(JsonNode answer) {
    JsonNode categories = answer.path("results").path(0).path("categories");
    if (!categories.isObject()) {
      log.warn("The moderation endpoint at {} answered without categories", url.host());
      return Optional.empty();
    }
    Set<String> flagged = new LinkedHashSet<>();
    categories
        .properties()
        .forEach(
            category -> {
              if (category.getValue().asBoolean()) {
                flagged.add(category.getKey());
              }
            });
    return Optional.of(flagged);
  }
}
