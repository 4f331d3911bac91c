package dev.parley.discord;

import dev.parley.platform.OutgoingFile;
import dev.parley.platform.PlatformException;
import dev.parley.platform.PlatformException.Kind;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.exceptions.RateLimitedException;
import net.dv8tion.jda.api.requests.Request;
import net.dv8tion.jda.api.requests.Response;
import net.dv8tion.jda.api.requests.RestAction;
import net.dv8tion.jda.api.requests.Route;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;
import net.dv8tion.jda.internal.requests.RestActionImpl;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * Calls Discord's HTTP API by JDA, which keeps to its limits: a call waits as long as Discord says.
 * Channels are named by their ids alone, since replies are carried on for channels that no cache
 * knows; JDA's public actions want its objects. Thread-safe.
 */
final class Rest {
  /** Unknown Message, and interactions that are over. */
  private static final List<Integer> GONE = List.of(10008, 10015, 10062, 50027);

  /**
   * Unknown channel or server, no access, no right, nobody who takes private messages, a locked
   * thread.
   */
  private static final List<Integer> CLOSED =
      List.of(10003, 10004, 20009, 50001, 50007, 50013, 50083, 50278, 160005);

  private static final int UNAUTHORIZED = 401;
  private static final int SERVER_ERROR = 500;

  private final Future<JDA> client;

  /**
   * Makes one.
   *
   * @param client as soon as there is one
   */
  Rest(Future<JDA> client) {
    this.client = client;
  }

  /** An error of Discord's own, by its number. */
  static boolean is(PlatformException error, int code) {
    return error.getCause() instanceof ErrorResponseException e && e.getErrorCode() == code;
  }

  /**
   * The id of what was made.
   *
   * @throws PlatformException where the connection broke within Discord's answer
   */
  static String id(DataObject answer) throws PlatformException {
    if (answer.isNull("id")) {
      throw new PlatformException(Kind.UNKNOWN_OUTCOME, "Discord's answer is not whole");
    }
    return answer.getString("id");
  }

  /** Calls what answers with an object, or with nothing, which is empty. */
  DataObject call(Route.CompiledRoute route, @Nullable DataObject body) throws PlatformException {
    return await(
        new RestActionImpl<>(
            client(),
            route,
            body,
            (Response response, Request<DataObject> request) ->
                response.optObject().orElseGet(DataObject::empty)));
  }

  /** The same with a file. */
  void call(Route.CompiledRoute route, DataObject body, OutgoingFile file)
      throws PlatformException {
    RequestBody parts =
        new MultipartBody.Builder()
            .setType(MultipartBody.FORM)
            .addFormDataPart("payload_json", body.toString())
            .addFormDataPart("files[0]", file.name(), RequestBody.create(file.content()))
            .build();
    await(new RestActionImpl<Void>(client(), route, parts, null));
  }

  /** Calls what answers with a list. */
  List<DataObject> list(Route.CompiledRoute route) throws PlatformException {
    DataArray array =
        await(
            new RestActionImpl<>(
                client(), route, (Response response, Request<DataArray> r) -> response.getArray()));
    List<DataObject> objects = new ArrayList<>();
    for (int i = 0; i < array.length(); i++) {
      objects.add(array.getObject(i));
    }
    return objects;
  }

  JDA client() throws PlatformException {
    try {
      return client.get();
    } catch (InterruptedException e) {
      throw interrupted();
    } catch (ExecutionException | CancellationException e) {
      throw new PlatformException(Kind.UNREACHABLE, Duration.ZERO, "not connected", e);
    }
  }

  /** Waits for what JDA does. */
  static <T> T await(RestAction<T> action) throws PlatformException {
    CompletableFuture<T> future;
    try {
      future = action.submit();
    } catch (RuntimeException e) { // JDA has ended
      throw new PlatformException(Kind.UNREACHABLE, Duration.ZERO, "not connected any more", e);
    }
    try {
      return future.get();
    } catch (InterruptedException e) {
      throw interrupted();
    } catch (CancellationException e) {
      throw new PlatformException(Kind.UNREACHABLE, Duration.ZERO, "not connected any more", e);
    } catch (ExecutionException e) {
      throw platformException(Objects.requireNonNullElse(e.getCause(), e));
    }
  }

  private static PlatformException interrupted() {
    Thread.currentThread().interrupt();
    return new PlatformException(Kind.UNREACHABLE, "interrupted before it was sent");
  }

  private static PlatformException platformException(Throwable cause) {
    return switch (cause) {
      case ErrorResponseException e -> platformException(e);
      case RateLimitedException e ->
          new PlatformException(
              Kind.RATE_LIMITED, Duration.ofMillis(e.getRetryAfter()), "too many requests", e);
      case CancellationException e ->
          new PlatformException(Kind.UNREACHABLE, Duration.ZERO, "not connected any more", e);
      default -> new PlatformException(Kind.REFUSED, Duration.ZERO, cause.toString(), cause);
    };
  }

  private static PlatformException platformException(ErrorResponseException e) {
    Exception failure = e.getResponse().getException();
    if (failure != null) {
      return new PlatformException(
          isBeforeAnything(failure) ? Kind.UNREACHABLE : Kind.UNKNOWN_OUTCOME,
          Duration.ZERO,
          "Discord cannot be reached: " + failure.getMessage(),
          e);
    }
    int code = e.getResponse().code;
    return new PlatformException(
        kind(code, e.getErrorCode()),
        Duration.ZERO,
        "Discord answers " + code + ": " + e.getMeaning(),
        e);
  }

  private static Kind kind(int status, int code) {
    if (status >= SERVER_ERROR) {
      return Kind.UNKNOWN_OUTCOME;
    }
    if (GONE.contains(code)) { // before the status: an interaction's token is no token of the bot
      return Kind.GONE;
    }
    if (status == UNAUTHORIZED) {
      return Kind.UNREACHABLE; // the token was revoked: what waits is for the next one
    }
    return CLOSED.contains(code) ? Kind.CLOSED : Kind.REFUSED;
  }

  private static boolean isBeforeAnything(Exception failure) {
    return failure instanceof ConnectException
        || failure instanceof UnknownHostException
        || failure instanceof NoRouteToHostException;
  }
}
