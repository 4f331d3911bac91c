package dev.parley.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.format.FormattedText;
import dev.parley.format.Markdown;
import dev.parley.format.MessageSplitter;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whatever a model writes becomes messages that Telegram takes, and loses nothing. */
class FormattingTest {
  private static final int TEXTS = 100_000;
  private static final long SEED = 20_261_124;
  private static final int MOST_PIECES = 60;

  /** Every so many texts one is long enough for several messages. */
  private static final int LONG_TEXTS = 50;

  private static final List<String> PIECES =
      List.of(
          "word",
          "Words of a sentence. ",
          " ",
          " ",
          "\n",
          "\n",
          "\n\n",
          "  \n",
          "\t",
          "*",
          "**",
          "***",
          "_",
          "__",
          "~~",
          "~",
          "||",
          "|",
          "`",
          "``",
          "```\n",
          "```java\n",
          "\n```\n",
          "~~~\n",
          "> ",
          "\n> ",
          "\n> > ",
          "\n>> ",
          "# ",
          "\n## ",
          "- ",
          "\n- ",
          "\n  * ",
          "\n1. ",
          "\n7) ",
          "    ",
          "\n    ",
          "---",
          "\n---\n",
          "===",
          "[",
          "]",
          "(",
          ")",
          "[link](https://a.example/b)",
          "[x](javascript:y)",
          "![image](http://a.example)",
          "[](mailto:a@b.example)",
          "<https://a.example>",
          "[ref]: https://a.example",
          "\n| a | b |\n|---|---|\n| 你 | `c` |\n",
          "|--|",
          "<b>",
          "</b>",
          "<!-- ",
          " -->",
          "&amp;",
          "&#0;",
          "&nbsp;",
          "\\",
          "\\*",
          "😀",
          "👩‍👩‍👧",
          "🇹🇼",
          "\ud83d",
          "\ude00",
          "z̴̧̛͙͔a̸͓͒l̵̰̈́g̶͉̀o̷̜͝",
          "漢字與標點。",
          "，",
          "مرحبا",
          "\u200f",
          "\u200b",
          "\u00a0",
          "\u3000",
          "\u0000",
          "\u0001",
          "\r",
          "\r\n",
          "\u2028",
          "@name",
          "#tag",
          "/command",
          "100 %",
          "$x^2$");

  private final ObjectMapper json = new ObjectMapper();
  private final MessageSplitter splitter = new MessageSplitter(Limits.MESSAGE_LENGTH);

  @Test
  void oneHundredThousandTextsAreValidAndWhole() {
    Random random = new Random(SEED);
    for (int i = 0; i < TEXTS; i++) {
      String markdown = markdown(random, i % LONG_TEXTS == 0 ? 50 * MOST_PIECES : MOST_PIECES);
      FormattedText formatted = Markdown.format(markdown);
      List<FormattedText> parts = splitter.split(formatted);
      for (FormattedText part : parts) {
        ObjectNode message = json.createObjectNode().put("text", part.text());
        message.set("entities", json.valueToTree(Entities.of(part)));
        assertThat(MessageRules.fault(message)).as("text %d: %s", i, quoted(markdown)).isEmpty();
      }
      String shown = parts.stream().map(FormattedText::text).collect(Collectors.joining());
      assertThat(withoutSpace(shown))
          .as("text %d: %s", i, quoted(markdown))
          .isEqualTo(withoutSpace(formatted.text()));
    }
  }

  private static String markdown(Random random, int pieces) {
    StringBuilder markdown = new StringBuilder();
    for (int i = 1 + random.nextInt(pieces); i > 0; i--) {
      markdown.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return markdown.toString();
  }

  private static String withoutSpace(String text) {
    return text.codePoints()
        .filter(c -> !Character.isWhitespace(c))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String quoted(String markdown) {
    return markdown
        .chars()
        .mapToObj(c -> c >= ' ' && c < 127 ? String.valueOf((char) c) : String.format("\\u%04x", c))
        .collect(Collectors.joining());
  }
}
