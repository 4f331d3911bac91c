package dev.parley.server;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.parley.http.HttpPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;

/**
 * A port that is taken, and not answered yet: that it is free is known before a model is loaded.
 */
public final class Port implements AutoCloseable {
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
      return new Port(HttpPort.take(listen));
    } catch (IOException e) {
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
