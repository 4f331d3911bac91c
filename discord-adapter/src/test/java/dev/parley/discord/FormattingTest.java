package dev.parley.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.format.FormattedText;
import dev.parley.format.Markdown;
import dev.parley.format.MessageSplitter;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whatever a model writes becomes messages that Discord takes, pings nobody and loses nothing. */
class FormattingTest {
  private static final int TEXTS = 100_000;
  private static final long SEED = 20_261_126;
  private static final int MOST_PIECES = 60;

  /** Every so many texts one is long enough for several messages. */
  private static final int LONG_TEXTS = 50;

  /** What is escaped, and code, in which nothing means anything. */
  private static final Pattern CODE = Pattern.compile("(?s)\\\\.|```.*?```|``.*?``|`[^`]*`");

  private static final Pattern MENTION = Pattern.compile("<(?:[@#:/]|a:|t:|id:)");
  private static final Pattern MASS = Pattern.compile("@(everyone|here)");
  private static final Pattern INVITE =
      Pattern.compile("(?i)(discord\\.gg|discord(app)?\\.com/invite)/[a-z]");

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
          "@everyone",
          "@here",
          "<@12345>",
          "<@&12345>",
          "<#12345>",
          "</ask:12345>",
          "discord.gg/abcdef",
          "https://discord.com/invite/abcdef",
          "[free](https://discord.gg/abcdef)",
          "-# ",
          "\n-# ",
          "](",
          "#tag",
          "/command",
          "100 %",
          "$x^2$");

  private final MessageSplitter splitter =
      new MessageSplitter(Limits.MESSAGE_LENGTH, text -> DiscordMarkdown.of(text).length());

  @Test
  void oneHundredThousandTextsAreValidAndWhole() {
    Random random = new Random(SEED);
    for (int i = 0; i < TEXTS; i++) {
      String markdown = markdown(random, i % LONG_TEXTS == 0 ? 50 * MOST_PIECES : MOST_PIECES);
      FormattedText formatted = Markdown.format(markdown);
      StringBuilder read = new StringBuilder();
      for (FormattedText part : splitter.split(formatted)) {
        String message = DiscordMarkdown.of(part);
        assertThat(message.length()).as(markdown).isBetween(1, Limits.MESSAGE_LENGTH);
        String outside = CODE.matcher(message).replaceAll("");
        assertThat(MENTION.matcher(outside).find()).as("mentions: %s", message).isFalse();
        assertThat(MASS.matcher(outside).find()).as("pings: %s", message).isFalse();
        assertThat(INVITE.matcher(outside).find()).as("invites: %s", message).isFalse();
        assertThat(message.split("```", -1).length % 2).as("fences: %s", message).isEqualTo(1);
        read.append(message);
      }
      assertThat(isWithin(words(formatted.text()), words(read.toString())))
          .as("lost from %s in %s", formatted.text(), read)
          .isTrue();
    }
  }

  private static String markdown(Random random, int most) {
    StringBuilder text = new StringBuilder();
    int pieces = random.nextInt(most);
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  private static String words(String text) {
    return text.replaceAll("[^\\p{L}\\p{N}]", "");
  }

  /** Whether all of a text stands in another one, in its order. */
  private static boolean isWithin(String text, String other) {
    int at = 0;
    for (int i = 0; i < text.length(); i++) {
      at = other.indexOf(text.charAt(i), at) + 1;
      if (at == 0) {
        return false;
      }
    }
    return true;
  }
}
