package dev.parley.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.endtoend.PlatformCrowd;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;

/** A crowd on Telegram, at its own pace. */
public final class TelegramCrowd implements PlatformCrowd {
  private final BotApiServer server = new BotApiServer(InstantSource.system());
  private final Crowd crowd;

  /**
   * Brings people together.
   *
   * @param many a hundred in twenty chats, rather than twelve in eight
   */
  public TelegramCrowd(boolean many, long seed) throws IOException {
    server.faults().some(0.1, seed);
    crowd = many ? new Crowd(server) : new Crowd(server, 4, 2);
  }

  @Override
  public Map<String, String> environment() {
    return server.environment();
  }

  @Override
  public long starts() {
    return server.calls("getMe");
  }

  @Override
  public void ask(int number) {
    crowd.ask(number);
  }

  @Override
  public boolean isAnswered() {
    return crowd.missing().isEmpty();
  }

  @Override
  public void assertAnswered() {
    crowd.assertAnswered();
    assertThat(server.wrongCalls()).isEmpty();
    assertThat(server.flood().ignored()).isZero();
  }

  @Override
  public void close() {
    server.close();
  }
}
