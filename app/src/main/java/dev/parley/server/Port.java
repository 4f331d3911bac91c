package dev.parley.server;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * A port that is taken, and not answered yet: that it is free is known before a model is loaded.
 * HTTP itself, and the bounds on what it reads before anybody is asked for a key, are the JDK's.
 */
public final class Port implements AutoCloseable {
  /** What the JDK's server reads once, when its classes are loaded. The operator's own counts. */
  private static final Map<String, String> BOUNDS =
      Map.of(
          // small pieces must not wait for each other (Nagle): 40 ms for each token otherwise
          "sun.net.httpserver.nodelay", "true",
          // seconds for a request, its body included
          "sun.net.httpserver.maxReqTime", "60",
          // read and forgotten of a body that is refused: who still sends would not see the answer
          "sun.net.httpserver.drainAmount", String.valueOf(16 << 20),
          "sun.net.httpserver.maxReqHeaderSize", String.valueOf(32 << 10),
          "jdk.httpserver.maxConnections", "1024");

  static {
    BOUNDS.forEach(
        (name, value) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, value);
          }
        });
  }

  private final HttpServer http;

  private Port(HttpServer http) {
    this.http = http;
  }

  /**
   * Takes a port.
   *
   * @param listen port 0 takes any that is free
   * @throws IOException where it is not to be had, with a sentence about it
   */
  public static Port take(InetSocketAddress listen) throws IOException {
    try {
      return new Port(HttpServer.create(listen, 0));
    } catch (IOException | RuntimeException e) { // the latter where a name is not known
      throw new IOException(
          "Nothing can listen on %s:%d (%s): choose another address or port with --listen, --port,"
                  .formatted(listen.getHostString(), listen.getPort(), e.getMessage())
              + " server.host or server.port.",
          e);
    }
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return http.getAddress();
  }

  void answer(HttpHandler handler, Executor threads) {
    http.setExecutor(threads);
    http.createContext("/", handler);
    http.start();
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
