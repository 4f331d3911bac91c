package dev.parley.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.format.Markdown;
import org.junit.jupiter.api.Test;

/** What people read on Discord. */
class MarkdownTest {
  private static String shown(String markdown) {
    return DiscordMarkdown.of(Markdown.format(markdown));
  }

  @Test
  void stylesAreDiscordsOwn() {
    assertThat(shown("**b** *i* ~~s~~ ||sp|| `c`")).isEqualTo("**b** *i* ~~s~~ ||sp|| `c`");
    assertThat(shown("# One\n\n#### Four")).isEqualTo("# One\n\n### Four");
    assertThat(shown("> quoted\n> twice")).isEqualTo("> quoted\n> twice");
    assertThat(shown("- a\n- b")).isEqualTo("• a\n• b");
    assertThat(shown("```java\nint x;\n```")).isEqualTo("```java\nint x;\n```");
    assertThat(shown("[here](https://a.example/x(1))"))
        .isEqualTo("[here](https://a.example/x%281%29)");
  }

  @Test
  void tablesKeepTheirColumns() {
    assertThat(shown("| a | bb |\n|---|---|\n| 1 | 2 |")).startsWith("```\n").endsWith("\n```");
  }

  @Test
  void whatIsNoStyleIsNoneOnDiscord() {
    assertThat(shown("2 \\* 3 \\* 4, a_b_c")).isEqualTo("2 \\* 3 \\* 4, a\\_b\\_c");
    assertThat(shown("\\# no heading")).isEqualTo("\\# no heading");
    assertThat(shown("see https://a.example/a_b_c")).isEqualTo("see https://a.example/a_b_c");
  }

  @Test
  void nobodyIsPingedAndNothingInvites() {
    assertThat(shown("@everyone and <@123>")).isEqualTo("@\u200beveryone and \\<@123>");
    assertThat(shown("join discord.gg/abc now")).isEqualTo("join `discord.gg/abc` now");
    assertThat(shown("[free](https://discord.gg/abc)"))
        .isEqualTo("free (`https://discord.gg/abc`)");
  }
}
