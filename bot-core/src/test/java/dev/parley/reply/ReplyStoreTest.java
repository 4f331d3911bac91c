package dev.parley.reply;

import static dev.parley.storage.Stores.ADA;
import static dev.parley.storage.Stores.BOB;
import static dev.parley.storage.Stores.GROUP;
import static dev.parley.storage.Stores.PRIVATE;
import static dev.parley.storage.Stores.adaInPrivate;
import static dev.parley.storage.Stores.author;
import static dev.parley.storage.Stores.inGroup;
import static dev.parley.storage.Stores.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.conversation.Message;
import dev.parley.conversation.MessageId;
import dev.parley.conversation.Owner;
import dev.parley.conversation.Position;
import dev.parley.model.FinishReason;
import dev.parley.platform.PersonId;
import dev.parley.storage.Stores;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplyStoreTest {
  @TempDir Path folder;

  private Stores stores;
  private ReplyStore replies;

  @BeforeEach
  void open() {
    stores = Stores.open(folder);
    replies = stores.replies;
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void anAcceptedQuestionWaitsForItsAnswer() {
    Reply reply = accept("e1", "Why tides?");

    assertThat(reply.state()).isEqualTo(ReplyState.QUEUED);
    assertThat(reply.platformQuestion()).contains("m-e1");
    assertThat(stores.tree.activePath(reply.conversation()))
        .extracting(Message::id)
        .containsExactly(reply.question(), reply.answer());
    assertThat(stores.usage.today(ADA).questions()).isEqualTo(1);
  }

  @Test
  void aDuplicateEventChangesNothing() {
    Reply reply = accept("e1", "Why tides?");

    assertThat(replies.accept(question("e1", adaInPrivate(), ADA, "Why tides?"))).isEmpty();
    assertThat(replies.unfinished()).containsExactly(reply);
    assertThat(stores.tree.activePath(reply.conversation())).hasSize(2);
    assertThat(stores.usage.today(ADA).questions()).isEqualTo(1);
  }

  @Test
  void aQuestionThatCannotBeAcceptedLeavesItsEventUnseen() {
    NewQuestion nowhere =
        new NewQuestion(
            "e1",
            adaInPrivate(),
            adaInPrivate().place(),
            author(ADA),
            Optional.empty(),
            "?",
            new Position.After(new MessageId(999)));
    assertThatThrownBy(() -> replies.accept(nowhere)).isInstanceOf(IllegalArgumentException.class);

    assertThat(replies.accept(question("e1", adaInPrivate(), ADA, "?"))).isPresent();
  }

  @Test
  void aReplyGoesItsWayToDelivered() {
    Reply reply = accept("e1", "Why tides?");
    assertThat(replies.generating(reply.id()).attempts()).isEqualTo(1);
    replies.posted(reply.id(), 0, "p1");
    replies.generated(reply.id(), "The Moon.", "tiny-1", result("The Moon.", FinishReason.END));
    replies.posted(reply.id(), 1, "p2");

    assertThat(replies.delivered(reply.id()).state()).isEqualTo(ReplyState.DELIVERED);
    assertThat(replies.unfinished()).isEmpty();
    Message answer = stores.tree.find(reply.answer()).orElseThrow();
    assertThat(answer.text()).isEqualTo("The Moon.");
    assertThat(answer.generation()).contains(new Message.Origin("tiny-1", 20, 7, FinishReason.END));
    assertThat(stores.platformMessages.showing(reply.answer())).containsExactly("p1", "p2");
    assertThat(stores.platformMessages.find(PRIVATE, "p2")).contains(reply.answer());
    assertThat(stores.usage.today(ADA).answers()).isEqualTo(1);
    assertThat(stores.usage.today(ADA).generatedTokens()).isEqualTo(7);
  }

  @Test
  void theWaitIsThatOfThePersonInTheQueueToo() {
    Reply reply = accept("e1", "Why tides?");
    stores.now = stores.now.plusSeconds(20);
    replies.generating(reply.id());
    stores.now = stores.now.plusSeconds(3);
    replies.generated(reply.id(), "The Moon.", "tiny-1", result("The Moon.", FinishReason.END));

    assertThat(
            stores.database.<Long>read(
                handle ->
                    handle.createQuery("SELECT waited_ms FROM reply").mapTo(Long.class).one()))
        .isEqualTo(20_001);
  }

  @Test
  void aStateThatIsNotNextIsRefusedAndChangesNothing() {
    Reply reply = accept("e1", "Why tides?");

    assertThatThrownBy(() -> replies.delivered(reply.id()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("QUEUED");
    assertThatThrownBy(
            () -> replies.generated(reply.id(), "text", "tiny-1", result("text", FinishReason.END)))
        .isInstanceOf(IllegalStateException.class);

    assertThat(replies.find(reply.id())).contains(reply);
    assertThat(stores.tree.find(reply.answer()).orElseThrow().text()).isEmpty();
    assertThat(stores.usage.today(ADA).answers()).isZero();
  }

  @Test
  void aFinalStateIsFinal() {
    Reply reply = accept("e1", "Why tides?");
    replies.cancelled(reply.id());

    for (ReplyState next : ReplyState.values()) {
      assertThat(ReplyState.CANCELLED.mayBecome(next)).isFalse();
    }
    assertThatThrownBy(() -> replies.generating(reply.id()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void unfinishedRepliesAreFoundAfterARestartOldestFirst() {
    Reply first = accept("e1", "one");
    Reply second = accept("e2", "two");
    Reply done = accept("e3", "three");
    replies.cancelled(done.id());
    replies.generating(second.id());
    replies.posted(second.id(), 0, "p1");
    stores.close();
    stores = Stores.open(folder);
    replies = stores.replies;

    List<Reply> unfinished = replies.unfinished();

    assertThat(unfinished).extracting(Reply::id).containsExactly(first.id(), second.id());
    assertThat(stores.platformMessages.showing(second.answer())).containsExactly("p1");
    assertThat(replies.requeue(second.id()).state()).isEqualTo(ReplyState.QUEUED);
  }

  @Test
  void aSecondQuestionFollowsTheAnswerThatIsStillToCome() {
    Reply first = accept("e1", "one");
    Reply second = accept("e2", "two");
    replies.generating(first.id());
    replies.generated(first.id(), "1", "tiny-1", result("1", FinishReason.END));

    assertThat(stores.tree.contextOf(second.question()))
        .extracting(Message::text)
        .containsExactly("one", "1", "two");
  }

  @Test
  void anAnswerThatFailedLeavesTheContextAndIsNotCounted() {
    Reply failed = accept("e1", "one");
    Reply next = accept("e2", "two");
    replies.generating(failed.id());

    assertThat(replies.failed(failed.id(), "7F3K").errorCase()).contains("7F3K");
    assertThat(stores.tree.contextOf(next.question()))
        .extracting(Message::text)
        .containsExactly("two");
    assertThat(stores.usage.today(ADA).questions()).isEqualTo(1);
  }

  @Test
  void aStoppedAnswerKeepsWhatItHas() {
    Reply reply = accept("e1", "one");
    replies.generating(reply.id());
    replies.generated(reply.id(), "On", "tiny-1", result("On", FinishReason.CANCELLED));
    replies.cancelled(reply.id());

    Message answer = stores.tree.find(reply.answer()).orElseThrow();
    assertThat(answer.text()).isEqualTo("On");
    assertThat(answer.deleted()).isFalse();
  }

  @Test
  void regeneratingMakesASibling() {
    Reply first = answered("e1", "one", "1");
    Reply second = replies.regenerate(first.answer(), ADA, PRIVATE);

    assertThat(second.question()).isEqualTo(first.question());
    assertThat(stores.tree.siblings(first.answer()))
        .containsExactly(first.answer(), second.answer());
    assertThat(stores.conversations.find(first.conversation()).orElseThrow().activeLeaf())
        .contains(second.answer());
  }

  @Test
  void continuingGoesOnInTheSameAnswer() {
    Reply first = answered("e1", "one", "1, ");
    Reply rest = replies.continueAnswer(first.answer(), ADA, PRIVATE);
    assertThat(rest.continuation()).isTrue();
    assertThat(rest.answer()).isEqualTo(first.answer());

    replies.generating(rest.id());
    replies.generated(rest.id(), "1, 2", "tiny-1", result("2", FinishReason.END));
    replies.delivered(rest.id());

    Message answer = stores.tree.find(first.answer()).orElseThrow();
    assertThat(answer.text()).isEqualTo("1, 2");
    assertThat(answer.generation().orElseThrow().generatedTokens()).isEqualTo(14);
    assertThat(replies.of(first.answer())).map(Reply::id).contains(rest.id());
  }

  @Test
  void aContinuationThatFailsLeavesTheAnswerAsItWas() {
    Reply first = answered("e1", "one", "1, ");
    Reply rest = replies.continueAnswer(first.answer(), ADA, PRIVATE);
    replies.failed(rest.id(), "7F3K");

    Message answer = stores.tree.find(first.answer()).orElseThrow();
    assertThat(answer.text()).isEqualTo("1, ");
    assertThat(answer.deleted()).isFalse();
  }

  @Test
  void anAnswerShownInPlaceOfAnotherIsFoundByTheSamePlatformMessage() {
    Reply first = answered("e1", "one", "1");
    replies.posted(first.id(), 0, "p1");
    Reply second = replies.regenerate(first.answer(), ADA, PRIVATE);

    assertThat(stores.platformMessages.find(PRIVATE, "p1")).contains(second.answer());
    assertThat(stores.platformMessages.showing(first.answer())).isEmpty();
  }

  @Test
  void repliesOfADeletedConversationAreGone() {
    Reply reply = accept("e1", "one");
    stores.conversations.delete(reply.conversation());

    assertThat(replies.unfinished()).isEmpty();
    assertThatThrownBy(() -> replies.generating(reply.id()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("deleted");
    assertThat(stores.database.integrityCheck()).isEmpty();
  }

  @Test
  void theSameEventIdOnAnotherPlatformIsAnotherEvent() {
    assertThat(stores.events.first("telegram", "7")).isTrue();
    assertThat(stores.events.first("discord", "7")).isTrue();
    assertThat(stores.events.first("discord", "7")).isFalse();
  }

  @Test
  void oldEventsAreForgotten() {
    stores.events.first("telegram", "7");
    stores.now = stores.now.plusSeconds(1);
    stores.events.first("telegram", "8");

    assertThat(stores.events.forgetBefore(stores.now)).isEqualTo(1);
    assertThat(stores.events.first("telegram", "8")).isFalse();
  }

  @Test
  void eachPersonInAGroupHasTheirOwnConversation() {
    Reply ofAda = replies.accept(question("e1", inGroup(ADA), ADA, "one")).orElseThrow();
    Reply ofBob = replies.accept(question("e2", inGroup(BOB), BOB, "two")).orElseThrow();

    assertThat(ofAda.conversation()).isNotEqualTo(ofBob.conversation());
    assertThat(ofBob.place()).isEqualTo(GROUP);
  }

  @Test
  void aCrowdThatSpeaksAtOnceIsHeardOnceEach() {
    int crowd = 100;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 2 * crowd; i++) {
        NewQuestion question = question("e" + i % crowd, adaInPrivate(), ADA, "question");
        threads.execute(() -> replies.accept(question));
        threads.execute(() -> stores.conversations.current(adaInPrivate()));
      }
    }

    assertThat(replies.unfinished()).hasSize(crowd);
    assertThat(stores.tree.activePath(replies.unfinished().getFirst().conversation()))
        .hasSize(2 * crowd);
  }

  private Reply accept(String event, String text) {
    return replies.accept(question(event, adaInPrivate(), ADA, text)).orElseThrow();
  }

  private Reply answered(String event, String question, String answer) {
    Reply reply = accept(event, question);
    replies.generating(reply.id());
    replies.generated(reply.id(), answer, "tiny-1", result(answer, FinishReason.END));
    return replies.delivered(reply.id());
  }

  private static NewQuestion question(String event, Owner owner, PersonId author, String text) {
    return new NewQuestion(
        event,
        owner,
        owner.place(),
        author(author),
        Optional.of("m-" + event),
        text,
        new Position.AtTheEnd());
  }
}
