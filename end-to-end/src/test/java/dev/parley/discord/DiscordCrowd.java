package dev.parley.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.Questions.Post;
import dev.parley.endtoend.PlatformCrowd;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A crowd on Discord, at its own pace. */
public final class DiscordCrowd implements PlatformCrowd {
  private final DiscordServer server = new DiscordServer();
  private final Crowd crowd;

  /**
   * Brings people together.
   *
   * @param many a hundred in five servers, rather than twelve in two
   */
  public DiscordCrowd(boolean many, long seed) throws IOException {
    server.faults().some(0.1, seed);
    crowd = many ? new Crowd(server) : new Crowd(server, 2, 4, 2, 2);
  }

  @Override
  public Map<String, String> environment() {
    return server.environment();
  }

  @Override
  public long starts() {
    return server.gateway().identified();
  }

  @Override
  public void ask(int number) {
    crowd.ask(number);
  }

  @Override
  public void cut(boolean is) {
    server.faults().cut(is);
    if (is) {
      server.cut();
    }
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
  }

  @Override
  public void close() {
    server.close();
  }
}
