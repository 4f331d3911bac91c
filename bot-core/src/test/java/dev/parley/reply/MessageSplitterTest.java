package dev.parley.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MessageSplitterTest {
  private static final String[] PIECES = {
    "word ",
    "Sentence. ",
    "句子。",
    "還有，",
    "\n",
    "\n\n",
    "```\n",
    "```java\n",
    "~~~\n",
    "````\n",
    "- item\n",
    "# Head\n",
    "👩‍🚀",
    "e\u0301\u0302",
    "x".repeat(60),
    "`code` ",
    "    indented\n",
    "🇹🇼",
    "\t",
    "مرحبا "
  };

  @Test
  void aShortTextStaysWhole() {
    assertThat(new MessageSplitter(2_000).split("Hello.")).containsExactly("Hello.");
    assertThat(new MessageSplitter(2_000).split(" \n ")).isEmpty();
  }

  @Test
  void paragraphsArePreferred() {
    String text = "a".repeat(70) + "\n\n" + "b".repeat(60);

    assertThat(new MessageSplitter(120).split(text)).first().isEqualTo("a".repeat(68));
    assertThat(new MessageSplitter(130).split(text))
        .containsExactly("a".repeat(70), "b".repeat(60));
  }

  @Test
  void aCutFenceIsClosedAndOpenedAgain() {
    String code = "```java\n" + "int x = 1;\n".repeat(30) + "```\nDone.";
    List<String> parts = new MessageSplitter(200).split(code);

    assertThat(parts.getFirst()).startsWith("```java\n").endsWith("\n```");
    assertThat(parts.get(1)).startsWith("```java\n");
    assertThat(parts.getLast()).endsWith("Done.");
  }

  @Test
  void hostileTextTakesNoLongTime() {
    for (String text :
        List.of(
            "`".repeat(100_000),
            "a\u0301\u0302".repeat(40_000),
            "z" + "\u0301".repeat(100_000),
            "```\n".repeat(30_000))) {
      List<String> parts = new MessageSplitter(2_000).split(text);
      assertThat(parts).allMatch(part -> part.length() <= 2_000);
    }
  }

  @Property(tries = 100_000)
  void partsFitLoseNothingAndCutNoCharacter(
      @ForAll long seed, @ForAll @IntRange(min = 104, max = 400) int limit) {
    String text = markdown(seed);
    List<String> parts = new MessageSplitter(limit).split(text);

    assertThat(parts).allMatch(part -> !part.isEmpty() && part.length() <= limit);
    assertThat(parts).noneMatch(part -> Character.isLowSurrogate(part.charAt(0)));
    assertThat(parts).noneMatch(part -> part.startsWith("\u0301") || part.startsWith("\u200D"));
    assertThat(letters(String.join("", parts))).isEqualTo(letters(text));
  }

  @Property(tries = 5_000)
  void textThatGrowsKeepsItsEarlierParts(@ForAll long seed) {
    String text = markdown(seed);
    MessageSplitter splitter = new MessageSplitter(150);
    List<String> before = splitter.split(text);
    List<String> after = splitter.split(text + " and more. ".repeat(20));

    for (int i = 0; i + 1 < before.size(); i++) {
      assertThat(after.get(i)).isEqualTo(before.get(i));
    }
  }

  /** What must survive: everything but white space and what fences are made of. */
  private static String letters(String markdown) {
    return markdown.replaceAll("[`~jav\\s]", "");
  }

  private static String markdown(long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    int pieces = random.nextInt(60);
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }
}
