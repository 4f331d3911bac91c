package dev.parley.format;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.format.FormattedText.Span;
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
    assertThat(texts("Hello.", 2_000)).containsExactly("Hello.");
    assertThat(texts(" \n ", 2_000)).isEmpty();
  }

  @Test
  void paragraphsArePreferred() {
    String text = "a".repeat(70) + "\n\n" + "b".repeat(60);

    assertThat(texts(text, 120)).containsExactly("a".repeat(70), "b".repeat(60));
    assertThat(texts(text, 80)).containsExactly("a".repeat(70), "b".repeat(60));
  }

  @Test
  void codeThatIsCutStaysCodeAndKeepsItsBlanks() {
    String code = "```java\nif (a) {\n" + "    b();\n".repeat(30) + "}\n```\nDone.";
    List<FormattedText> parts = split(code, 100);

    assertThat(parts.subList(0, parts.size() - 1))
        .allMatch(
            part ->
                part.spans()
                    .equals(
                        List.of(new Span(0, part.text().length(), new Style.CodeBlock("java")))));
    assertThat(parts.get(1).text()).startsWith("    b();");
    assertThat(parts.getLast().text()).endsWith("}\n\nDone.");
  }

  @Test
  void hostileTextTakesNoLongTime() {
    for (String text :
        List.of(
            "`".repeat(100_000),
            "a\u0301\u0302".repeat(40_000),
            "z" + "\u0301".repeat(100_000),
            "```\n".repeat(30_000))) {
      assertThat(split(text, 2_000)).allMatch(part -> part.text().length() <= 2_000);
    }
  }

  @Property(tries = 100_000)
  void partsFitLoseNothingAndCutNoCharacter(
      @ForAll long seed, @ForAll @IntRange(min = 50, max = 400) int limit) {
    FormattedText whole = Markdown.format(markdown(seed));
    List<FormattedText> parts = new MessageSplitter(limit).split(whole);

    assertThat(parts).allMatch(part -> !part.isEmpty() && part.text().length() <= limit);
    assertThat(parts).noneMatch(part -> Character.isLowSurrogate(part.text().charAt(0)));
    assertThat(parts)
        .noneMatch(part -> part.text().startsWith("\u0301") || part.text().startsWith("\u200D"));
    assertThat(parts)
        .allMatch(part -> part.spans().stream().allMatch(s -> s.end() <= part.text().length()));
    assertThat(letters(parts.stream().map(FormattedText::text).collect(joining())))
        .isEqualTo(letters(whole.text()));
  }

  @Test
  void whatFollowsASentenceDoesNotMoveItsEnd() {
    String text = "x".repeat(80) + " Sentence. " + "👩‍🚀".repeat(3);
    MessageSplitter splitter = new MessageSplitter(100);
    List<FormattedText> before = splitter.split(FormattedText.plain(text));
    List<FormattedText> after = splitter.split(FormattedText.plain(text + " and more."));

    assertThat(before).hasSize(2);
    assertThat(after.getFirst()).isEqualTo(before.getFirst());
  }

  @Property(tries = 5_000)
  void textThatGrowsKeepsItsEarlierParts(@ForAll long seed) {
    String text = Markdown.format(markdown(seed)).text();
    List<FormattedText> before = new MessageSplitter(150).split(FormattedText.plain(text));
    List<FormattedText> after =
        new MessageSplitter(150).split(FormattedText.plain(text + " and more. ".repeat(20)));

    for (int i = 0; i + 1 < before.size(); i++) {
      assertThat(after.get(i)).isEqualTo(before.get(i));
    }
  }

  private static List<FormattedText> split(String markdown, int limit) {
    return new MessageSplitter(limit).split(Markdown.format(markdown));
  }

  private static List<String> texts(String markdown, int limit) {
    return split(markdown, limit).stream().map(FormattedText::text).toList();
  }

  /** What must survive a cut: everything but white space. */
  private static String letters(String text) {
    return text.replaceAll("\\s", "");
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
