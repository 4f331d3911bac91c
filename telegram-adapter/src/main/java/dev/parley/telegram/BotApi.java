package dev.parley.telegram;

import dev.parley.platform.PlatformException;
import dev.parley.platform.PlatformException.Kind;
import java.io.IOException;
import java.io.Serializable;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.telegram.telegrambots.client.okhttp.OkHttpTelegramClient;
import org.telegram.telegrambots.meta.TelegramUrl;
import org.telegram.telegrambots.meta.api.methods.GetFile;
import org.telegram.telegrambots.meta.api.methods.botapimethods.BotApiMethod;
import org.telegram.telegrambots.meta.api.methods.send.SendDocument;
import org.telegram.telegrambots.meta.api.objects.ResponseParameters;
import org.telegram.telegrambots.meta.api.objects.message.Message;
import org.telegram.telegrambots.meta.exceptions.TelegramApiException;
import org.telegram.telegrambots.meta.exceptions.TelegramApiRequestException;

/**
 * Calls Telegram's methods, and says what a failure means. No message of an exception holds the
 * token, which is part of every address. Thread-safe.
 */
final class BotApi implements AutoCloseable {
  private static final int CALLS_AT_ONCE = 64;

  private static final List<String> CLOSED =
      List.of(
          "chat not found",
          "thread not found",
          "topic_closed",
          "topic_deleted",
          "chat_write_forbidden",
          "not enough rights to send",
          "have no rights to send",
          "user is deactivated");

  private static final List<String> GONE =
      List.of("not found", "can't be edited", "can't be deleted", "message_id_invalid");

  private static final int DOWNLOAD_TRIES = 3;

  private final HttpUrl files;
  private final OkHttpClient http;
  private final OkHttpTelegramClient client;

  BotApi(TelegramOptions options, Duration timeout) {
    files =
        Objects.requireNonNull(HttpUrl.get(options.api()))
            .newBuilder()
            .addPathSegments("file/bot" + options.token() + "/")
            .build();
    http =
        new OkHttpClient.Builder()
            // It would send a message again whose answer got lost.
            .retryOnConnectionFailure(false)
            .connectionPool(new ConnectionPool(CALLS_AT_ONCE, 20, TimeUnit.SECONDS))
            .callTimeout(timeout)
            .readTimeout(timeout)
            .build();
    http.dispatcher().setMaxRequests(CALLS_AT_ONCE);
    http.dispatcher().setMaxRequestsPerHost(CALLS_AT_ONCE);
    client = new OkHttpTelegramClient(http, options.token(), url(options));
  }

  static TelegramUrl url(TelegramOptions options) {
    boolean secure = "https".equals(options.api().getScheme());
    int port = options.api().getPort();
    return new TelegramUrl(
        options.api().getScheme(),
        options.api().getHost(),
        port >= 0 ? port : secure ? 443 : 80,
        false);
  }

  <T extends Serializable> T call(BotApiMethod<T> method) throws PlatformException {
    try {
      return await(client.executeAsync(method), method.getMethod());
    } catch (TelegramApiException invalid) {
      throw new PlatformException(
          Kind.REFUSED, method.getMethod() + " is no valid call: " + invalid.getMessage());
    }
  }

  Message call(SendDocument method) throws PlatformException {
    return await(client.executeAsync(method), method.getMethod());
  }

  /** The content of a file, from the server that knows it. */
  byte[] download(String fileId) throws PlatformException {
    for (int tries = 1; ; tries++) {
      try {
        String path = call(new GetFile(fileId)).getFilePath();
        if (path == null || path.startsWith("/")) {
          throw new PlatformException(Kind.REFUSED, "the file is not to be had by HTTP");
        }
        return read(files.newBuilder().addPathSegments(path).build());
      } catch (PlatformException e) {
        if (tries == DOWNLOAD_TRIES
            || (e.kind() != Kind.UNREACHABLE && e.kind() != Kind.UNKNOWN_OUTCOME)) {
          throw e;
        }
      }
    }
  }

  private byte[] read(HttpUrl url) throws PlatformException {
    try (Response response = http.newCall(new Request.Builder().url(url).build()).execute()) {
      if (!response.isSuccessful()) {
        throw new PlatformException(
            response.code() >= 500 ? Kind.UNKNOWN_OUTCOME : Kind.GONE,
            "a download was answered with " + response.code());
      }
      return response.body().bytes();
    } catch (IOException e) { // whose message may hold the address, and so the token
      throw new PlatformException(
          Kind.UNREACHABLE, "a download failed: " + e.getClass().getSimpleName());
    }
  }

  private static <T> T await(Future<T> result, String method) throws PlatformException {
    try {
      return result.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PlatformException(Kind.UNKNOWN_OUTCOME, method + " was interrupted");
    } catch (ExecutionException e) {
      throw translate(method, e.getCause() == null ? e : e.getCause());
    }
  }

  private static PlatformException translate(String method, Throwable cause) {
    if (cause instanceof TelegramApiRequestException answer
        && answer.getErrorCode() != null
        && answer.getErrorCode() > 0) {
      return said(method, answer);
    }
    boolean neverLeft = cause instanceof ConnectException || cause instanceof UnknownHostException;
    Kind kind = neverLeft ? Kind.UNREACHABLE : Kind.UNKNOWN_OUTCOME;
    String what =
        cause instanceof IOException ? cause.getClass().getSimpleName() : "an unreadable answer";
    return new PlatformException(kind, method + " failed: " + what);
  }

  private static PlatformException said(String method, TelegramApiRequestException answer) {
    int code = answer.getErrorCode();
    String why = String.valueOf(answer.getApiResponse());
    Optional<ResponseParameters> more = Optional.ofNullable(answer.getParameters());
    Optional<Long> moved = more.map(ResponseParameters::getMigrateToChatId);
    if (moved.isPresent()) {
      return new ChatMovedException(moved.get());
    }
    Kind kind =
        switch (code) {
          case 429 -> Kind.RATE_LIMITED;
          case 403 -> Kind.CLOSED;
          case 400 -> kind(why);
          default -> code >= 500 ? Kind.UNKNOWN_OUTCOME : Kind.REFUSED;
        };
    Duration retryAfter =
        more.map(ResponseParameters::getRetryAfter).map(Duration::ofSeconds).orElse(Duration.ZERO);
    return new PlatformException(
        kind, retryAfter, method + " was answered with " + code + ": " + why, new Said(why));
  }

  /** What Telegram's words mean: they are all it tells. */
  private static Kind kind(String why) {
    String words = why.toLowerCase(Locale.ROOT);
    if (CLOSED.stream().anyMatch(words::contains)) {
      return Kind.CLOSED;
    }
    return GONE.stream().anyMatch(words::contains) ? Kind.GONE : Kind.REFUSED;
  }

  /** Whether a failure only says that an edit would change nothing. */
  static boolean isUnchanged(PlatformException e) {
    return e.getCause() instanceof Said said && said.getMessage().contains("not modified");
  }

  @Override
  public void close() {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }

  /** Telegram's own words. */
  private static final class Said extends Exception {
    private static final long serialVersionUID = 1;

    Said(String words) {
      super(words);
    }

    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }
}
