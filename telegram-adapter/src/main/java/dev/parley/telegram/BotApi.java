package dev.parley.telegram;

import dev.parley.platform.PlatformException;
import dev.parley.platform.PlatformException.Kind;
import java.io.IOException;
import java.io.Serializable;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.ConnectionPool;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.telegram.telegrambots.client.okhttp.OkHttpTelegramClient;
import org.telegram.telegrambots.meta.TelegramUrl;
import org.telegram.telegrambots.meta.api.methods.GetFile;
import org.telegram.telegrambots.meta.api.methods.botapimethods.BotApiMethod;
import org.telegram.telegrambots.meta.api.methods.send.SendDocument;
import org.telegram.telegrambots.meta.api.methods.send.SendPhoto;
import org.telegram.telegrambots.meta.api.methods.updates.SetWebhook;
import org.telegram.telegrambots.meta.api.objects.ResponseParameters;
import org.telegram.telegrambots.meta.api.objects.Update;
import org.telegram.telegrambots.meta.api.objects.message.Message;
import org.telegram.telegrambots.meta.exceptions.TelegramApiException;
import org.telegram.telegrambots.meta.exceptions.TelegramApiRequestException;

/**
 * Calls Telegram's methods, and says what a failure means. No message of an exception holds the
 * token, which is part of every address. Thread-safe.
 */
final class BotApi implements AutoCloseable {
  private static final Duration MARGIN = Duration.ofSeconds(5);
  private static final String PROXY_LOGIN = "Proxy-Authorization";
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

  /** What Telegram lets a bot download. */
  private static final int LARGEST_DOWNLOAD = 20 << 20;

  private final HttpUrl files;
  private final OkHttpClient http;
  private final OkHttpTelegramClient client;
  private final OkHttpTelegramClient pollingClient;
  private final Duration timeout;
  private final Duration pollingTimeout;
  private volatile Optional<Instant> serverTime = Optional.empty();

  BotApi(TelegramOptions options) {
    this(options, Timing.TIMEOUT);
  }

  BotApi(TelegramOptions options, Duration timeout) {
    files =
        Objects.requireNonNull(HttpUrl.get(options.api()))
            .newBuilder()
            .addPathSegments("file/bot" + options.token() + "/")
            .build();
    OkHttpClient.Builder builder = new OkHttpClient.Builder();
    options.proxy().ifPresent(proxy -> use(proxy, builder));
    http =
        builder
            .addInterceptor(this::readDate)
            // It would send a message again whose answer got lost.
            .retryOnConnectionFailure(false)
            .connectionPool(new ConnectionPool(CALLS_AT_ONCE, 20, TimeUnit.SECONDS))
            .callTimeout(timeout)
            .readTimeout(timeout)
            .build();
    http.dispatcher().setMaxRequests(CALLS_AT_ONCE);
    http.dispatcher().setMaxRequestsPerHost(CALLS_AT_ONCE);
    client = new OkHttpTelegramClient(http, options.token(), url(options));
    this.timeout = timeout;
    pollingTimeout = options.polling().plus(timeout);
    pollingClient =
        new OkHttpTelegramClient(
            http.newBuilder().callTimeout(pollingTimeout).readTimeout(pollingTimeout).build(),
            options.token(),
            url(options));
  }

  private static void use(URI proxy, OkHttpClient.Builder builder) {
    boolean socks = "socks5".equals(proxy.getScheme());
    builder.proxy(
        new Proxy(
            socks ? Proxy.Type.SOCKS : Proxy.Type.HTTP,
            InetSocketAddress.createUnresolved(proxy.getHost(), proxy.getPort())));
    String login = proxy.getUserInfo();
    if (login != null) {
      int colon = login.indexOf(':');
      String credentials = Credentials.basic(login.substring(0, colon), login.substring(colon + 1));
      builder.proxyAuthenticator(
          (route, response) ->
              response.request().header(PROXY_LOGIN) != null
                  ? null // refused
                  : response.request().newBuilder().header(PROXY_LOGIN, credentials).build());
    }
  }

  private Response readDate(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    serverTime = Optional.ofNullable(response.headers().getInstant("Date"));
    return response;
  }

  /** What Telegram's clock showed when it answered last. */
  Optional<Instant> serverTime() {
    return serverTime;
  }

  private static TelegramUrl url(TelegramOptions options) {
    boolean secure = "https".equals(options.api().getScheme());
    int port = options.api().getPort();
    return new TelegramUrl(
        options.api().getScheme(),
        options.api().getHost(),
        port >= 0 ? port : secure ? 443 : 80,
        false);
  }

  <T extends Serializable> T call(BotApiMethod<T> method) throws PlatformException {
    return call(client, method, timeout);
  }

  /** Waits as long as Telegram may keep the request, and somewhat longer. */
  List<Update> call(PolledUpdates method) throws PlatformException {
    return call(pollingClient, method, pollingTimeout);
  }

  private static <T extends Serializable> T call(
      OkHttpTelegramClient client, BotApiMethod<T> method, Duration timeout)
      throws PlatformException {
    try {
      return await(client.executeAsync(method), method.getMethod(), timeout);
    } catch (TelegramApiException invalid) {
      throw new PlatformException(
          Kind.REFUSED, method.getMethod() + " is no valid call: " + invalid.getMessage());
    }
  }

  void call(SetWebhook method) throws PlatformException {
    await(client.executeAsync(method), method.getMethod(), timeout);
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
      return response.body().byteStream().readNBytes(LARGEST_DOWNLOAD);
    } catch (IOException e) { // whose message may hold the address, and so the token
      throw new PlatformException(
          Kind.UNREACHABLE, "a download failed: " + e.getClass().getSimpleName());
    }
  }

  Message call(SendDocument method) throws PlatformException {
    return await(client.executeAsync(method), method.getMethod(), timeout);
  }

  Message call(SendPhoto method) throws PlatformException {
    return await(client.executeAsync(method), method.getMethod(), timeout);
  }

  /** An error in the client would leave its result open for ever: hence a limit of one's own. */
  private static <T> T await(Future<T> result, String method, Duration timeout)
      throws PlatformException {
    try {
      return result.get(timeout.plus(MARGIN).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new PlatformException(Kind.UNKNOWN_OUTCOME, method + " was never answered");
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
        kind, retryAfter, method + " was answered with " + code + ": " + why, new Said(code, why));
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

  /** Telegram's number of a refusal, 0 where a failure is none. */
  static int code(PlatformException e) {
    return e.getCause() instanceof Said said ? said.code : 0;
  }

  /** Whether what was to be edited is somebody else's message. */
  static boolean isForeign(PlatformException e) {
    return e.getCause() instanceof Said said && said.getMessage().contains("can't be edited");
  }

  @Override
  public void close() {
    http.dispatcher().cancelAll(); // a request for updates would be kept for long
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }

  /** Telegram's own words. */
  private static final class Said extends Exception {
    private static final long serialVersionUID = 1;

    private final int code;

    Said(int code, String words) {
      super(words);
      this.code = code;
    }

    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }
}
