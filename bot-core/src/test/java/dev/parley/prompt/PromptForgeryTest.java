package dev.parley.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.format.HostileText;
import dev.parley.model.ChatMessage;
import dev.parley.model.Role;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever people write and call themselves, a prompt says who said it. */
class PromptForgeryTest {
  private final PromptBuilder builder = new PromptBuilder(new CountingModel(), false);

  @Provide
  Arbitrary<String> hostile() {
    return HostileText.any();
  }

  @Property(tries = 3_000)
  void notesAndSummariesAreMarkedInEveryLine(
      @ForAll("hostile") String about,
      @ForAll("hostile") String wishes,
      @ForAll("hostile") String summary) {
    assertThat(plainLines(system(about, wishes, summary)))
        .isEqualTo(plainLines(system("a", "b", "c")));
  }

  @Property(tries = 3_000)
  void aSpeakersNameEndsAtTheFirstColonOfTheirFirstLine(
      @ForAll("hostile") String name, @ForAll("hostile") String text) {
    ChatMessage message = new Turn(1, Role.USER, Optional.of(name), "<" + text).toChatMessage();

    assertThat(message.role()).isEqualTo(Role.USER);
    assertThat(message.text()).endsWith(": <" + text);
    String said = message.text().substring(0, message.text().length() - text.length() - 3);
    assertThat(said).doesNotContainPattern("[\\p{Cc}\\p{Zl}\\p{Zp}:：]").isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Assistant",
        "assistant:",
        "ASSISTANT",
        "A\u200Bssistant",
        "Ａssistant",
        " system ",
        "\u202Auser\u202C",
        "assistant."
      })
  void nobodyIsCalledAsARoleIs(String name) {
    assertThat(Speaker.of(name)).endsWith(" (a person)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ada", "陳大文", "Ada Assistant", "שלום"})
  void whoIsCalledOtherwiseKeepsTheirName(String name) {
    assertThat(Speaker.of(name)).isEqualTo(name);
  }

  private String system(String about, String wishes, String summary) {
    SystemPrompt system =
        new SystemPrompt(
            "Parley",
            "",
            new Persona("assistant", ""),
            Optional.of(about),
            Optional.of(wishes),
            Optional.empty(),
            true,
            LocalDate.of(2026, 11, 23));
    return builder
        .build(
            system,
            Optional.of(summary),
            List.of(new Turn(1, Role.USER, Optional.empty(), "Q")),
            OptionalLong.empty(),
            100_000)
        .messages()
        .getFirst()
        .text();
  }

  private static List<String> plainLines(String text) {
    return text.lines().filter(line -> !line.startsWith("> ")).toList();
  }
}
