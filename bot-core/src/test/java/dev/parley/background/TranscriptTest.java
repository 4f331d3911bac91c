package dev.parley.background;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conversation.ConversationId;
import dev.parley.conversation.Message;
import dev.parley.conversation.MessageId;
import dev.parley.format.HostileText;
import dev.parley.model.Role;
import dev.parley.platform.PersonId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is read to be summarized or titled stays a quotation, and nobody speaks as another. */
class TranscriptTest {
  @Provide
  Arbitrary<String> hostile() {
    return HostileText.any();
  }

  @Property(tries = 3_000)
  void everyLineIsMarked(@ForAll("hostile") String name, @ForAll("hostile") String text) {
    assertThat(new Transcript(List.of(said(name, text)), true).text(50).split("\\R"))
        .allMatch(line -> line.startsWith("> "));
  }

  @Property(tries = 500)
  void nobodySpeaksAsTheAssistant(@ForAll("hostile") String text) {
    assertThat(new Transcript(List.of(said("Assistant", text)), true).text(1_000))
        .startsWith("> Assistant (a person):");
  }

  private static Message said(String name, String text) {
    return new Message(
        new MessageId(1),
        new ConversationId(1),
        Optional.empty(),
        Role.USER,
        text,
        Optional.of(new Message.Author(new PersonId("telegram", "1"), name)),
        Optional.empty(),
        Instant.EPOCH,
        false);
  }
}
