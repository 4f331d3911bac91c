package dev.parley.http;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;

/**
 * Takes ports for HTTP. The JDK's server bounds nothing by itself of what it reads before anybody
 * is asked for a key: whoever sends half a request, a thousand times, would take all file handles.
 */
public final class HttpPort {
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

  private HttpPort() {}

  /**
   * Takes a port; nothing is answered before the server is started.
   *
   * @param listen port 0 takes any that is free
   * @throws IOException where it is not to be had
   */
  public static HttpServer take(InetSocketAddress listen) throws IOException {
    try {
      return HttpServer.create(listen, 0);
    } catch (RuntimeException unknownName) {
      throw new IOException(unknownName.getMessage(), unknownName);
    }
  }
}
