package dev.parley.model.catalogue;

import dev.parley.model.catalogue.ModelSource.HubFile;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Files of the Hugging Face hub, or of a mirror that speaks like it. Immutable.
 *
 * <p>{@code GET {endpoint}/{repository}/resolve/{revision}/{file}} answers a large file with a
 * redirect to a storage host; its {@code X-Linked-Etag} is the file's SHA-256, as the hub's own
 * client reads it (huggingface_hub, {@code file_download.py}). OkHttp drops the token on the way to
 * another host.
 */
final class HubFiles {
  private static final String HUB = "https://huggingface.co";

  private final HttpUrl endpoint;
  private final String token;
  private final OkHttpClient http;
  private final Duration pause;

  /**
   * @param endpoint empty for the hub itself
   * @param token empty for none
   * @param connectTimeout short, so that a first start without the hub does not feel stuck
   * @param idleTimeout a longer silence counts as a cut
   * @param pause before an attempt after one that brought nothing
   * @throws IllegalArgumentException if the endpoint is no http or https address
   */
  HubFiles(
      String endpoint,
      String token,
      Duration connectTimeout,
      Duration idleTimeout,
      Duration pause) {
    this.endpoint = HttpUrl.get(endpoint.isEmpty() ? HUB : endpoint);
    this.token = token;
    this.pause = pause;
    this.http =
        new OkHttpClient.Builder().connectTimeout(connectTimeout).readTimeout(idleTimeout).build();
  }

  /** Whether the hub would hand the file out now. */
  boolean answers(HubFile source) {
    OkHttpClient hasty =
        http.newBuilder().followRedirects(false).callTimeout(8, TimeUnit.SECONDS).build();
    try (Response response = hasty.newCall(request(source).head().build()).execute()) {
      return response.code() < 400;
    } catch (IOException e) {
      return false;
    }
  }

  /** Brings the file to its place, going on where an earlier attempt was cut. */
  Path fetch(HubFile source, Path target, ProgressListener listener)
      throws IOException, SourceFailure {
    try (PartFile part = PartFile.open(target, url(source).toString())) {
      HubDownload download = new HubDownload(this, source, part, listener);
      download.run(pause);
      return part.finish(download.expectedSha256());
    }
  }

  /** Asks for the file from byte {@code part.size()} on, if it is still the same version. */
  Response open(HubFile source, PartFile part) throws IOException {
    Request.Builder request = request(source).header("Accept-Encoding", "identity");
    if (part.size() > 0 && !part.etag().isEmpty()) {
      request.header("Range", "bytes=" + part.size() + "-").header("If-Range", part.etag());
    }
    return http.newCall(request.build()).execute();
  }

  HttpUrl url(HubFile source) {
    return endpoint
        .newBuilder()
        .addPathSegments(source.repository())
        .addPathSegment("resolve")
        .addPathSegment(source.revision())
        .addPathSegments(source.file())
        .build();
  }

  private Request.Builder request(HubFile source) {
    Request.Builder request = new Request.Builder().url(url(source));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  SourceFailure refused(HubFile source, int status) {
    String page = endpoint.newBuilder().addPathSegments(source.repository()).toString();
    return new SourceFailure(
        switch (status) {
          case 401, 403 ->
              token.isEmpty()
                  ? "it wants an account: accept the licence at %s and set HF_TOKEN".formatted(page)
                  : "it does not let the account of HF_TOKEN in: accept the licence at %s"
                      .formatted(page);
          case 404 -> "it has no file %s at %s".formatted(source.file(), page);
          case 429 -> "it takes no more requests for now";
          default -> "%s answers with status %d".formatted(endpoint.host(), status);
        });
  }

  SourceFailure unreachable(IOException e) {
    String host = endpoint.host();
    String reason =
        switch (e) {
          case UnknownHostException _ -> "the name " + unknownName(e) + " is not known here";
          case ConnectException _ -> "no connection to " + host;
          case SocketTimeoutException _ -> host + " is silent";
          default -> "the connection to %s broke (%s)".formatted(host, e.getMessage());
        };
    return new SourceFailure(reason, e);
  }

  /** Of the hub or of a host that it redirects to, before what the system says about it. */
  private static String unknownName(IOException e) {
    return String.valueOf(e.getMessage()).split(":", 2)[0];
  }
}
