package dev.parley.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.format.FormattedText;
import dev.parley.format.FormattedText.Span;
import dev.parley.format.HostileText;
import dev.parley.format.Markdown;
import dev.parley.format.Style.CodeBlock;
import dev.parley.language.Texts;
import dev.parley.platform.IncomingMessage;
import dev.parley.platform.IncomingMessage.Attachment;
import dev.parley.platform.IncomingMessage.Quotation;
import dev.parley.platform.Person;
import dev.parley.platform.PersonId;
import dev.parley.platform.Place;
import dev.parley.platform.PlaceId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Files and others' words end where they end, and are called what they are, whatever they hold. */
class WordingTest {
  private static final String QUESTION = "And?";

  @Provide
  Arbitrary<String> hostile() {
    return HostileText.any();
  }

  @Property(tries = 3_000)
  void everyLineOfAQuoteIsMarkedAndItsAuthorIsOneLine(
      @ForAll("hostile") String author,
      @ForAll("hostile") String text,
      @ForAll Quotation.Kind kind) {
    String[] lines = lines(List.of(new Quotation(kind, author, text)), List.of());

    assertThat(lines).hasSizeGreaterThanOrEqualTo(4);
    assertThat(lines[0]).matches("(?:[^:]+ wrote|Forwarded, written by [^:]+):");
    assertThat(Arrays.copyOfRange(lines, 1, lines.length - 2))
        .isNotEmpty()
        .allMatch(line -> line.startsWith("> "));
    assertThat(Arrays.copyOfRange(lines, lines.length - 2, lines.length))
        .containsExactly("", QUESTION);
  }

  @Property(tries = 3_000)
  void aFileEndsWhereItEndsAndItsNameIsOneLine(
      @ForAll("hostile") String name, @ForAll("hostile") String content) {
    byte[] bytes = ("begin\n" + content + "\nend").getBytes(StandardCharsets.UTF_8);
    Attachment file = new Attachment(name, bytes.length, () -> bytes);
    String[] lines = lines(List.of(), List.of(file));

    assertThat(lines[0]).isEqualTo(QUESTION);
    if (lines.length > 1) { // otherwise it was no text
      assertThat(lines[2]).matches("File [^\\p{Cc}`]*:");
      String fence = lines[3];
      assertThat(fence).matches("`{3,}");
      assertThat(lines[4]).isEqualTo("begin");
      assertThat(lines[lines.length - 2]).isEqualTo("end");
      assertThat(lines[lines.length - 1]).isEqualTo(fence);
      assertThat(Arrays.copyOfRange(lines, 4, lines.length - 1))
          .noneMatch(line -> line.contains(fence));
      assertThat(codeIn(String.join("\n", Arrays.copyOfRange(lines, 3, lines.length))))
          .startsWith("begin")
          .endsWith("end");
    }
  }

  /** As those who know Markdown read it. */
  private static String codeIn(String markdown) {
    FormattedText read = Markdown.format(markdown);
    assertThat(read.spans()).containsExactly(new Span(0, read.text().length(), new CodeBlock("")));
    return read.text();
  }

  private static String[] lines(List<Quotation> quotations, List<Attachment> files) {
    PlaceId place = new PlaceId("telegram", "1");
    return Wording.of(
            new IncomingMessage(
                "1",
                new Place(place, Place.Kind.PRIVATE, Optional.empty(), ""),
                new Person(new PersonId("telegram", "1"), "Ada", Locale.ENGLISH, false),
                "1",
                QUESTION,
                Optional.empty(),
                true,
                quotations,
                files,
                Instant.EPOCH),
            false,
            Texts.of(Locale.ENGLISH))
        .text()
        .split("\\R", -1);
  }
}
