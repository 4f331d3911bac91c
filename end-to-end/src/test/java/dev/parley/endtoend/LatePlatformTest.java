package dev.parley.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.discord.DiscordSide;
import dev.parley.telegram.TelegramSide;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One platform is away when the program starts. */
class LatePlatformTest {
  private static final Duration LONGEST = Duration.ofMinutes(1);

  @TempDir Path home;

  @Test
  void theOtherOneIsTalkedOnMeanwhileAndItIsTakenUpWhenItComes() throws Exception {
    int port = freePort();
    try (TelegramSide telegram = TelegramSide.atItsPace();
        ModelServer model = new ModelServer(question -> "Answer to " + question)) {
      Map<String, String> environment = new HashMap<>(telegram.environment());
      environment.putAll(DiscordSide.environment(port));
      Process program = Program.with(home, model, environment).start();
      try {
        telegram.says(1, "Is anybody there?");
        await().atMost(LONGEST).until(() -> telegram.answers(1).size() == 1);

        try (DiscordSide discord = new DiscordSide(port)) {
          await().atMost(LONGEST).until(discord::isConnected);
          discord.says(1, "And here?");
          await().atMost(LONGEST).until(() -> discord.answers(1).size() == 1);
        }
      } finally {
        program.destroyForcibly().waitFor();
      }
    }
  }

  /** Whoever watches is to know, and not to start it again. */
  @Test
  void whileNoPlatformIsThereItIsWellAndNotReady() throws Exception {
    int port = freePort();
    int watched = freePort();
    try (HttpClient client = HttpClient.newHttpClient();
        ModelServer model = new ModelServer(question -> "Answer to " + question)) {
      Map<String, String> environment = new HashMap<>(DiscordSide.environment(port));
      environment.put("PARLEY_WATCH_PORT", Integer.toString(watched));
      Process program = Program.with(home, model, environment).start();
      try {
        await()
            .atMost(LONGEST)
            .ignoreExceptions()
            .until(() -> status(client, watched, "/healthz") == 200);
        assertThat(status(client, watched, "/readyz")).isEqualTo(503);

        try (DiscordSide discord = new DiscordSide(port)) {
          await().atMost(LONGEST).until(() -> status(client, watched, "/readyz") == 200);
          await().atMost(LONGEST).until(discord::isConnected);
        }
      } finally {
        program.destroyForcibly().waitFor();
      }
    }
  }

  private static int status(HttpClient client, int port, String path)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
