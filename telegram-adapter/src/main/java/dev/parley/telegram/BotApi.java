package dev.parley.telegram;

import dev.parley.platform.PlatformException;
import dev.parley.platform.PlatformException.Kind;
import java.io.IOException;
import java.io.Serializable;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.telegram.telegrambots.client.okhttp.OkHttpTelegramClient;
import org.telegram.telegrambots.meta.TelegramUrl;
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

  private final OkHttpClient http;
  private final OkHttpTelegramClient client;

  BotApi(TelegramOptions options, Duration timeout) {
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
    Kind kind =
        switch (code) {
          case 429 -> Kind.RATE_LIMITED;
          case 403 -> Kind.GONE;
          case 400 -> isGone(why) ? Kind.GONE : Kind.REFUSED;
          default -> code >= 500 ? Kind.UNKNOWN_OUTCOME : Kind.REFUSED;
        };
    Duration retryAfter =
        Optional.ofNullable(answer.getParameters())
            .map(ResponseParameters::getRetryAfter)
            .map(Duration::ofSeconds)
            .orElse(Duration.ZERO);
    return new PlatformException(
        kind, retryAfter, method + " was answered with " + code + ": " + why, new Said(why));
  }

  /** Whether what a call was about is not there any more, or not for Parley. */
  private static boolean isGone(String why) {
    String words = why.toLowerCase(Locale.ROOT);
    return words.contains("not found")
        || words.contains("can't be edited")
        || words.contains("can't be deleted")
        || words.contains("message_id_invalid")
        || words.contains("not enough rights")
        || words.contains("topic_closed")
        || words.contains("topic_deleted")
        || words.contains("upgraded to a supergroup");
  }

  /** Whether a failure only says that an edit would change nothing. */
  static boolean isUnchanged(PlatformException e) {
    return e.getCause() instanceof Said said && said.getMessage().contains("not modified");
  }

  /** Whether what was to be edited is somebody else's message. */
  static boolean isForeign(PlatformException e) {
    return e.getCause() instanceof Said said && said.getMessage().contains("can't be edited");
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
