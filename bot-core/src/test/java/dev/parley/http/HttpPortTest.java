package dev.parley.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpPortTest {
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpPort.take(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aRequestOfTheUsualSizeIsAnswered() throws IOException {
    assertThat(answerToHeaderOf(8 << 10)).startsWith("HTTP/1.1 200");
  }

  @Test
  void aHeaderOfMoreThanThirtyTwoKilobytesIsNotReadToItsEnd() throws IOException {
    assertThat(answerToHeaderOf(64 << 10)).doesNotStartWith("HTTP/1.1 200");
  }

  @Test
  void whatNobodyHereIsCalledCannotBeListenedOn() {
    assertThatThrownBy(
            () -> HttpPort.take(InetSocketAddress.createUnresolved("nowhere.invalid", 0)))
        .isInstanceOf(IOException.class);
  }

  /** What comes back; nothing where the connection is cut. */
  private String answerToHeaderOf(int bytes) throws IOException {
    try (Socket socket = new Socket(server.getAddress().getAddress(), port())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Long: "
                  + "x".repeat(bytes)
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    } catch (SocketException cut) {
      return "";
    }
  }

  private int port() {
    return server.getAddress().getPort();
  }
}
