package dev.parley.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.format.Style.CodeBlock;
import dev.parley.format.Style.Link;
import dev.parley.format.Style.Mark;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MarkdownTest {
  @Test
  void marksWithinALineBecomeStyles() {
    assertThat(shown("a **b** *c* ~~d~~ ||e|| `f`"))
        .isEqualTo("a {BOLD:b} {ITALIC:c} {STRIKETHROUGH:d} {SPOILER:e} {CODE:f}");
    assertThat(shown("**b *c* d**")).isEqualTo("{BOLD:b {ITALIC:c} d}");
  }

  @Test
  void whatIsNotClosedStaysAsItIsWritten() {
    assertThat(shown("a **b")).isEqualTo("a **b");
    assertThat(shown("2 * 3 * 4, a_b_c, ~, a || b")).isEqualTo("2 * 3 * 4, a_b_c, ~, a || b");
    assertThat(shown("<b>x</b> &lt;")).isEqualTo("<b>x</b> <");
  }

  @Test
  void headingsKeepTheirLevelAndParagraphsStandApart() {
    assertThat(shown("# Tides\nThe Moon\npulls.\n\nTwice.\n\n---\n\nEnd."))
        .isEqualTo("{HEADING1:Tides}\n\nThe Moon\npulls.\n\nTwice.\n\n———\n\nEnd.");
  }

  @Test
  void listsKeepTheirNumbersAndLevels() {
    assertThat(shown("Do:\n\n3. one\n4. two\n   - a\n   - b\n\n     c\n5. three"))
        .isEqualTo("Do:\n\n3. one\n4. two\n  • a\n\n  • b\n\n    c\n5. three");
    assertThat(shown("- a\n- b\n  c")).isEqualTo("• a\n• b\n  c");
  }

  @Test
  void codeKeepsItsBlanksAndItsLanguage() {
    assertThat(shown("```java x\n  int a;\n\n  int b;\n```\nDone."))
        .isEqualTo("{java:  int a;\n\n  int b;}\n\nDone.");
    assertThat(shown("```\n**no**")).isEqualTo("{:**no**}");
  }

  @Test
  void quotesHoldWhatTheyHoldAndDoNotNest() {
    assertThat(shown("> a **b**\n> > c\n\nd")).isEqualTo("{QUOTE:a {BOLD:b}\n\nc}\n\nd");
  }

  @Test
  void tablesBecomeColumns() {
    assertThat(shown("| 名稱 | n |\n|---|---:|\n| a | 12 |\n| **b** | 3 |"))
        .isEqualTo("{:名稱  n\n────────\na     12\nb     3}");
  }

  @Test
  void linksOfTheWebCanBeOpenedAndOthersAreRead() {
    assertThat(shown("[x](https://e.org/a_b)")).isEqualTo("{https://e.org/a_b:x}");
    assertThat(shown("[x](javascript:alert)")).isEqualTo("x (javascript:alert)");
    assertThat(shown("[x](https:)")).isEqualTo("x (https:)");
    assertThat(shown("<https:/_start> ")).isEqualTo("https:/_start");
    assertThat(shown("[x](http:///etc)")).isEqualTo("x (http:///etc)");
    assertThat(shown("![](https://e.org/p.png)"))
        .isEqualTo("{https://e.org/p.png:https://e.org/p.png}");
  }

  @Test
  void nothingIsEverLostToAnEmptyResult() {
    assertThat(shown("```\n```")).isEqualTo("```\n```");
    assertThat(shown("[a]: https://e.org")).isEqualTo("[a]: https://e.org");
    assertThat(shown("  ")).isEmpty();
  }

  @Test
  void nestingWithoutEndIsSurvived() {
    assertThat(shown("*".repeat(20_000) + "a" + "*".repeat(20_000))).contains("a");
    assertThat(shown(">".repeat(20_000) + "a")).contains("a");
    assertThat(shown("[".repeat(20_000) + "a" + "]".repeat(20_000))).contains("a");
  }

  @Property(tries = 2_000)
  void escapedTextReadsAsItWas(@ForAll String name) {
    String line =
        name.codePoints()
            .filter(c -> !Character.isISOControl(c) && !lineEnd(c))
            .mapToObj(Character::toString)
            .collect(Collectors.joining())
            .strip();

    assertThat(Markdown.format("x" + Markdown.escape(line) + "x"))
        .isEqualTo(FormattedText.plain("x" + Visible.lines(line) + "x"));
  }

  private static boolean lineEnd(int c) {
    return c == 0x2028 || c == 0x2029 || c == 0xFFFD || c == 0;
  }

  /** The text with its styles in braces. */
  private static String shown(String markdown) {
    FormattedText formatted = Markdown.format(markdown);
    StringBuilder shown = new StringBuilder();
    for (int at = 0; at <= formatted.text().length(); at++) {
      int here = at;
      formatted.spans().reversed().stream()
          .filter(span -> span.end() == here)
          .forEach(span -> shown.append('}'));
      formatted.spans().stream()
          .filter(span -> span.start() == here)
          .forEach(span -> shown.append('{').append(name(span.style())).append(':'));
      if (at < formatted.text().length()) {
        shown.append(formatted.text().charAt(at));
      }
    }
    return shown.toString();
  }

  private static String name(Style style) {
    return switch (style) {
      case Mark mark -> mark.name();
      case CodeBlock code -> code.language();
      case Style.Heading heading -> "HEADING" + heading.level();
      case Link link -> link.url();
    };
  }
}
