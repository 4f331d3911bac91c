package dev.parley.conversation;

import static dev.parley.storage.Stores.ADA;
import static dev.parley.storage.Stores.BOB;
import static dev.parley.storage.Stores.GROUP;
import static dev.parley.storage.Stores.PRIVATE;
import static dev.parley.storage.Stores.adaInPrivate;
import static dev.parley.storage.Stores.author;
import static dev.parley.storage.Stores.inGroup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.model.FinishReason;
import dev.parley.platform.PersonId;
import dev.parley.storage.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConversationStoreTest {
  @TempDir Path folder;

  private Stores stores;
  private ConversationStore conversations;

  @BeforeEach
  void open() {
    stores = Stores.open(folder);
    conversations = stores.conversations;
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void aNewConversationBecomesTheCurrentOneAndTheOldOneStays() {
    Conversation old = conversations.startNew(adaInPrivate());
    Conversation fresh = conversations.startNew(adaInPrivate());

    assertThat(conversations.current(adaInPrivate())).contains(fresh);
    assertThat(conversations.find(old.id())).contains(old);
  }

  @Test
  void aPrivateChatAndAGroupNeverShareAConversation() {
    Conversation inPrivate = conversations.startNew(adaInPrivate());
    Conversation inGroup = conversations.startNew(inGroup(ADA));

    assertThat(conversations.current(adaInPrivate())).contains(inPrivate);
    assertThat(conversations.current(inGroup(ADA))).contains(inGroup);
    assertThat(conversations.find(inGroup(ADA), inPrivate.id())).isEmpty();
    assertThat(conversations.resume(inGroup(ADA), inPrivate.id())).isEmpty();
    assertThat(stores.history.list(inGroup(ADA), 0, 10).items())
        .noneMatch(line -> line.conversation().equals(inPrivate));
  }

  @Test
  void nobodyFindsAConversationOfSomebodyElse() {
    Conversation ofAda = said(inGroup(ADA), ADA, "my secret");

    assertThat(conversations.find(inGroup(BOB), ofAda.id())).isEmpty();
    assertThat(conversations.resume(inGroup(BOB), ofAda.id())).isEmpty();
    assertThat(conversations.current(inGroup(BOB))).isEmpty();
    assertThat(stores.history.list(inGroup(BOB), 0, 10).items()).isEmpty();
    assertThat(stores.search.search(inGroup(BOB), "secret", 0, 10).items()).isEmpty();
    assertThat(conversations.current(inGroup(ADA))).contains(ofAda);
  }

  @Test
  void whatIsSharedBelongsToEveryoneInThePlaceAndToNobodyAlone() {
    Conversation shared = said(Owner.everyoneIn(GROUP), ADA, "for all of us");

    assertThat(conversations.find(Owner.everyoneIn(GROUP), shared.id())).contains(shared);
    assertThat(conversations.find(inGroup(ADA), shared.id())).isEmpty();
    assertThat(conversations.find(Owner.everyoneIn(PRIVATE), shared.id())).isEmpty();
  }

  @Test
  void aPersonOfAnotherPlatformCannotOwnAConversationHere() {
    assertThatThrownBy(() -> Owner.of(GROUP, new PersonId("discord", "1")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aResumedConversationGoesOnWhereItWas() {
    Conversation old = said(adaInPrivate(), ADA, "tides");
    conversations.startNew(adaInPrivate());
    stores.now = stores.now.plus(Duration.ofHours(1));

    Conversation resumed = conversations.resume(adaInPrivate(), old.id()).orElseThrow();

    assertThat(conversations.current(adaInPrivate())).contains(resumed);
    assertThat(resumed.activeLeaf()).isEqualTo(old.activeLeaf());
    assertThat(resumed.usedAt()).isEqualTo(stores.now);
  }

  @Test
  void theHistoryShowsTheLastUsedFirstByPagesAndNoEmptyOnes() {
    for (int i = 1; i <= 5; i++) {
      stores.now = stores.now.plusSeconds(1);
      conversations.startNew(adaInPrivate());
      said(adaInPrivate(), ADA, "question " + i);
    }
    conversations.startNew(adaInPrivate());

    Page<History.Line> page = stores.history.list(adaInPrivate(), 1, 2);

    assertThat(page.items())
        .extracting(History.Line::beginning)
        .containsExactly("question 3", "question 2");
    assertThat(page.items()).extracting(History.Line::messages).containsExactly(2, 2);
    assertThat(page.total()).isEqualTo(5);
    assertThat(page.count()).isEqualTo(3);
  }

  @Test
  void aDeletedConversationIsGoneWithItsMessages() {
    Conversation conversation = said(adaInPrivate(), ADA, "forget the tides");
    MessageId leaf = conversation.activeLeaf().orElseThrow();

    conversations.delete(conversation.id());

    assertThat(conversations.find(conversation.id())).isEmpty();
    assertThat(conversations.current(adaInPrivate())).isEmpty();
    assertThat(stores.tree.find(leaf)).isEmpty();
    assertThat(stores.search.search(adaInPrivate(), "tides", 0, 10).items()).isEmpty();
    assertThat(stores.database.integrityCheck()).isEmpty();
  }

  @Test
  void theNumberOfADeletedMessageIsNotUsedAgain() {
    Conversation first = said(adaInPrivate(), ADA, "one");
    conversations.delete(first.id());
    Conversation second = said(adaInPrivate(), ADA, "two");

    assertThat(second.id().value()).isGreaterThan(first.id().value());
    assertThat(second.activeLeaf().orElseThrow().value())
        .isGreaterThan(first.activeLeaf().orElseThrow().value());
  }

  @Test
  void titleSummaryAndPromptStartAreKept() {
    Conversation conversation = said(adaInPrivate(), ADA, "tides");
    MessageId leaf = conversation.activeLeaf().orElseThrow();

    conversations.rename(conversation.id(), "Why tides come twice a day");
    conversations.summarize(conversation.id(), new Conversation.Summary("The Moon pulls.", leaf));
    conversations.promptStartsAt(conversation.id(), leaf);

    Conversation now = conversations.find(conversation.id()).orElseThrow();
    assertThat(now.title()).contains("Why tides come twice a day");
    assertThat(now.summary()).contains(new Conversation.Summary("The Moon pulls.", leaf));
    assertThat(now.promptStart()).contains(leaf);
  }

  @Test
  void conversationsThatRestAndHaveNoTitleAreFoundForOne() {
    Conversation resting = said(adaInPrivate(), ADA, "tides");
    Conversation titled = said(inGroup(BOB), BOB, "waves");
    conversations.rename(titled.id(), "Waves");
    stores.now = stores.now.plus(Duration.ofMinutes(10));
    said(inGroup(ADA), ADA, "just now");

    List<Conversation> found = conversations.untitled(stores.now.minus(Duration.ofMinutes(5)), 10);

    assertThat(found).containsExactly(resting);
  }

  @Test
  void anExportHoldsWhatWasSaidAndNothingDeleted() {
    Conversation conversation = said(adaInPrivate(), ADA, "Why tides?");
    Exchange regretted =
        stores.tree.ask(adaInPrivate(), author(ADA), "forget this", new Position.AtTheEnd());
    stores.tree.deleteExchange(regretted.question().id());

    assertThat(
            MarkdownExport.of(
                "Tides\n# twice",
                stores.tree.activePath(conversation.id()),
                "Parley",
                Stores.TAIPEI))
        .isEqualTo(
            """
            # Tides # twice

            **Ada** · 2026-11-23 23:00

            > Why tides?

            **Parley** · 2026-11-23 23:00

            > Because.
            """);
  }

  private Conversation said(Owner owner, PersonId person, String question) {
    Exchange exchange = stores.tree.ask(owner, author(person), question, new Position.AtTheEnd());
    stores.tree.answer(
        exchange.answer().id(), "Because.", new Message.Origin("tiny-1", 1, 1, FinishReason.END));
    return conversations.find(exchange.question().conversation()).orElseThrow();
  }
}
