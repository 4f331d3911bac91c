package dev.parley.model.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.model.ModelException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import okhttp3.HttpUrl;
import okhttp3.Response;

/**
 * What goes wrong with a model server, in sentences that say where and what to do; the key is in
 * none of them. Immutable.
 */
final class ServerFailures {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_QUOTE = 200;
  private static final int MOST_ERROR_BYTES = 16 * 1024;

  private final HttpUrl base;
  private final ApiKey key;

  ServerFailures(HttpUrl base, ApiKey key) {
    this.base = base;
    this.key = key;
  }

  ServerFault unreachable(IOException e) {
    String sentence =
        switch (e) {
          case UnknownHostException _ ->
              "the name %s is not known: check the address and the network".formatted(base.host());
          case ConnectException _ ->
              "the connection was refused: start the server or check the address";
          case SSLException _ ->
              "no secure connection: check its certificate, and whether the address should begin"
                  + " with http://";
          case SocketTimeoutException _ when isAboutConnecting(e) ->
              "no connection in time: check the address and the network";
          case SocketTimeoutException _ ->
              "nothing came for too long: it is overloaded or stuck, or its address begins with"
                  + " another of http:// and https://";
          default -> "the connection broke: try again";
        };
    return new ServerFault("The model server at " + base + " failed: " + sentence + ".", e);
  }

  /** OkHttp tells the two only in words ("Connect timed out", "failed to connect to …"). */
  private static boolean isAboutConnecting(IOException e) {
    return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("connect");
  }

  /** For an answer other than 2xx. */
  ModelException refused(Response response, String modelName) {
    String complaint = complaint(response);
    String quote = complaint.isEmpty() ? "" : " (it says: " + complaint + ")";
    String sentence =
        switch (response.code()) {
          case 401, 403 ->
              key.isPresent()
                  ? "does not accept the key: check PARLEY_MODEL_KEY"
                  : "wants a key: set PARLEY_MODEL_KEY";
          case 404 ->
              "has no model \"%s\", or no chat completions at this address: check name and address"
                  .formatted(modelName);
          case 429 ->
              "takes no more requests for now: try again later, or check the account's limits";
          case 503 -> "is busy or still loading its model: try again later";
          default -> ofStatus(response);
        };
    String message = "The model server at " + base + " " + sentence + quote + ".";
    return isAboutTheRequest(response.code())
        ? new ModelException(message)
        : new ServerFault(message);
  }

  /** Any other server would say the same. */
  private static boolean isAboutTheRequest(int code) {
    return switch (code) {
      case 401, 403, 404, 408, 429 -> false;
      default -> code / 100 == 4;
    };
  }

  private static String ofStatus(Response response) {
    int code = response.code();
    return switch (code / 100) {
      case 3 ->
          "sends on to another address: give that one (%s)"
              .formatted(response.header("Location", "it names none"));
      case 5 -> "failed with status " + code + ": see its log";
      default -> "refused the request with status " + code;
    };
  }

  ModelException notAModelServer() {
    return new ModelException(
        "At %s answers something other than a model server: the address usually ends in /v1."
            .formatted(base));
  }

  ModelException notAStream() {
    return broken("did not stream its answer: use a server that supports \"stream\": true");
  }

  ModelException notJson() {
    return broken("sent an event that is not JSON: is something between it and here changing it?");
  }

  ModelException endedEarly() {
    return broken("ended its answer in the middle: see its log");
  }

  ModelException withheld() {
    return new ModelException(sentence("withheld the answer (content filter): ask otherwise"));
  }

  ModelException gaveUp(String complaint) {
    return broken("gave up in the middle of an answer (it says: " + quote(complaint) + ")");
  }

  ServerFault unwell(int status) {
    return broken("says that it is not well (status " + status + "): see its log");
  }

  private ServerFault broken(String what) {
    return new ServerFault(sentence(what));
  }

  private String sentence(String what) {
    return "The model server at " + base + " " + what + ".";
  }

  /**
   * What an answer other than 2xx says, as one short line; empty where it says nothing readable.
   */
  String complaint(Response response) {
    try {
      String body = response.peekBody(MOST_ERROR_BYTES).string();
      return quote(body.stripLeading().startsWith("{") ? wordsIn(body) : plain(body));
    } catch (IOException e) {
      return "";
    }
  }

  private static String wordsIn(String json) {
    try {
      return ChatChunk.errorIn(JSON.readTree(json));
    } catch (JsonProcessingException e) {
      return "";
    }
  }

  private static String plain(String body) {
    boolean page = body.stripLeading().startsWith("<");
    return page ? "" : body;
  }

  private String quote(String words) {
    String line = key.removeFrom(words).replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    return line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "…";
  }
}
