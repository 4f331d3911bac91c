package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.format.HostileText;
import dev.parley.model.Role;
import dev.parley.platform.PersonId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;

/** An exported conversation shows every message as what it is, whatever stands in another one. */
class MarkdownExportTest {
  @Provide
  Arbitrary<String> hostile() {
    return HostileText.any();
  }

  @Property(tries = 3_000)
  void everyMessageIsOneQuoteUnderWhoSaidIt(
      @ForAll("hostile") String title,
      @ForAll("hostile") String name,
      @ForAll("hostile") String text) {
    String document = export(title, said(1, name, "<" + text), said(2, "Bob", "After that"));

    List<String> blocks = new ArrayList<>();
    Node block = Parser.builder().build().parse(document).getFirstChild();
    while (block != null) {
      blocks.add(block.getClass().getSimpleName());
      block = block.getNext();
    }
    assertThat(blocks)
        .containsExactly("Heading", "Paragraph", "BlockQuote", "Paragraph", "BlockQuote");
    assertThat(document).endsWith("\n**Bob** · 1970-01-01 00:00\n\n> After that\n");
  }

  @Test
  void nobodyPassesForTheAssistant() {
    assertThat(export("t", said(1, "par\u200Bley", "I promise")))
        .contains("**parley (7)** · ")
        .doesNotContain("**parley** ");
  }

  private static String export(String title, Message... path) {
    return MarkdownExport.of(title, List.of(path), "Parley", ZoneOffset.UTC);
  }

  private static Message said(long id, String name, String text) {
    return new Message(
        new MessageId(id),
        new ConversationId(1),
        Optional.empty(),
        Role.USER,
        text,
        Optional.of(new Message.Author(new PersonId("telegram", "7"), name)),
        Optional.empty(),
        Instant.EPOCH,
        false);
  }
}
