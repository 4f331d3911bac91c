package dev.parley.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.CommandDefinition;
import dev.parley.platform.CommandDefinition.Audience;
import dev.parley.platform.CommandDefinition.Option;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandLineTest {
  private static final List<CommandDefinition> COMMANDS =
      List.of(
          new CommandDefinition("new", Audience.EVERYONE, List.of()),
          new CommandDefinition("ask", Audience.EVERYONE, List.of(Option.required("question"))),
          new CommandDefinition(
              "preferences",
              Audience.EVERYONE,
              List.of(
                  Option.optional("setting", "creativity", "language"), Option.optional("value"))));

  @Test
  void theLastOptionTakesTheRestOfTheLine() {
    assertThat(CommandLine.parse("/ask why is the sky blue?", COMMANDS))
        .contains(new CommandLine("ask", Map.of("question", "why is the sky blue?")));
  }

  @Test
  void wordsFollowTheOrderOfTheOptions() {
    assertThat(CommandLine.parse("/preferences creativity precise", COMMANDS))
        .contains(
            new CommandLine("preferences", Map.of("setting", "creativity", "value", "precise")));
  }

  @Test
  void anUnknownCommandIsNone() {
    assertThat(CommandLine.parse("/nonsense", COMMANDS)).isEmpty();
    assertThat(CommandLine.parse("/", COMMANDS)).isEmpty();
  }

  @Test
  void aCommandWithoutOptionsIgnoresCase() {
    assertThat(CommandLine.parse("/NEW", COMMANDS)).contains(new CommandLine("new", Map.of()));
  }
}
