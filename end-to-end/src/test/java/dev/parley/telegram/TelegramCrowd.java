package dev.parley.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.Questions.Post;
import dev.parley.endtoend.PlatformCrowd;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
  public void cut(boolean is) {
    server.faults().cut(is);
  }

  @Override
  public long faults() {
    return server.faults().happened();
  }

  @Override
  public Set<String> asked() {
    return crowd.asked();
  }

  @Override
  public List<Post> posts() {
    return crowd.posts();
  }

  @Override
  public void assertNoCallWasWrong(int kills) {
    assertThat(server.wrongCalls()).isEmpty();
    assertThat(server.flood().ignored()).isLessThanOrEqualTo(kills);
  }

  @Override
  public void close() {
    server.close();
  }
}
