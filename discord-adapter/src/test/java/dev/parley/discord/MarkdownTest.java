package dev.parley.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.format.FormattedText;
import dev.parley.format.HostileText;
import dev.parley.format.Markdown;
import dev.parley.format.MessageSplitter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What people read on Discord. */
class MarkdownTest {
  private static final Pattern CALL =
      Pattern.compile(
          "@everyone|@here|<(?:@[!&]?|#|/[^>]*:|a?:[^>]*:|t:)\\d+[^>]*>"
              + "|discord(?:app)?\\.com(?::\\d+)?/+invite/+\\w|discord\\.gg(?::\\d+)?/+\\w",
          Pattern.CASE_INSENSITIVE);

  private final MessageSplitter splitter =
      new MessageSplitter(Limits.MESSAGE_LENGTH, text -> DiscordMarkdown.of(text).length());

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
    assertThat(shown("discord.gg/[free](https://discord.gg/abc)"))
        .isEqualTo("discord.gg/\u200bfree (`https://discord.gg/abc`)");
    assertThat(shown("[discord.g](mailto:a@b.example)g/abc")).isEqualTo("discord.g\u200bg/abc");
  }

  @Provide
  Arbitrary<String> hostile() {
    return HostileText.any();
  }

  /** Each of many words of the answer, and a name within a sentence of Parley's own. */
  @Property(tries = 5_000)
  void whateverIsWrittenCallsNobodyAndInvitesNowhere(@ForAll("hostile") String text) {
    for (String markdown : List.of(text, "**" + Markdown.name(text) + "** is blocked.")) {
      for (FormattedText part : splitter.split(Markdown.format(markdown))) {
        String payload = Payloads.message(part, List.of(), CustomId.answer()).toString();
        assertThat(payload).contains("\"allowed_mentions\":{\"parse\":[]}");
        assertThat(read(DiscordMarkdown.of(part))).doesNotContainPattern(CALL);
      }
    }
  }

  /** What Discord reads as more than text: without code, and without what is escaped. */
  private static String read(String content) {
    StringBuilder read = new StringBuilder();
    int at = 0;
    while (at < content.length()) {
      if (content.charAt(at) == '\\') {
        read.append('\u0001');
        at += 2;
      } else if (content.charAt(at) == '`') {
        int marks = at;
        while (marks < content.length() && content.charAt(marks) == '`') {
          marks++;
        }
        Matcher end = Pattern.compile("(?<!`)`{" + (marks - at) + "}(?!`)").matcher(content);
        at = end.find(marks) ? end.end() : marks;
        read.append('\u0002');
      } else {
        read.append(content.charAt(at++));
      }
    }
    return read.toString();
  }
}
