package dev.parley.endtoend;

import static org.awaitility.Awaitility.await;

import dev.parley.discord.DiscordSide;
import dev.parley.telegram.TelegramSide;
import java.net.InetAddress;
import java.net.ServerSocket;
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
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
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
}
