package dev.parley.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.format.FormattedText;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PipedChannelTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final PipedChannel channel =
      new PipedChannel(print(out), print(err), (answered, below) -> {});

  @Test
  void onlyTheAnswerIsOnStandardOutput() {
    boolean said = channel.note("This conversation has become long.");
    channel.post(FormattedText.plain("Par"), List.of(), "1");
    channel.edit("1", FormattedText.plain("Paris."), List.of());
    channel.finished(true);

    assertThat(said).isTrue();
    assertThat(out).hasToString("Paris.\n");
    assertThat(err).hasToString("This conversation has become long.\n");
  }

  @Test
  void whyThereIsNoAnswerIsOnTheOther() {
    channel.post(FormattedText.plain("Too many people are asking right now."), List.of(), "1");
    channel.finished(false);

    assertThat(out.size()).isZero();
    assertThat(err).hasToString("Too many people are asking right now.\n");
  }

  private static PrintStream print(ByteArrayOutputStream into) {
    return new PrintStream(into, true, StandardCharsets.UTF_8);
  }
}
