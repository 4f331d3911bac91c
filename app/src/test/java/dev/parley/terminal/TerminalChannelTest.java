package dev.parley.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.format.Markdown;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TerminalChannelTest {
  @Test
  void onlyTheLineWhoseMarkdownChangesIsDrawnAgain() throws IOException {
    Keyboard keyboard = new Keyboard("xterm", 80);
    TerminalChannel channel =
        new TerminalChannel(
            new Screen(keyboard.terminal(), 0, Map.of()),
            Optional.empty(),
            (answered, below) -> {});

    channel.post(Markdown.format("The Moon.\n\nThe **Su"), List.of(), "1");
    channel.edit("1", Markdown.format("The Moon.\n\nThe **Sun**."), List.of());
    channel.finished(true);

    String drawn = keyboard.output().replace("\r", "");
    assertThat(drawn).startsWith("The Moon.\n\nThe **Su").endsWith("\u001b[JThe Sun.\n");
    assertThat(drawn.split("The Moon", -1)).hasSize(2);
  }
}
