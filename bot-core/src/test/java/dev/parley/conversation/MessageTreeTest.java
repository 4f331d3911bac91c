package dev.parley.conversation;

import static dev.parley.storage.Stores.ADA;
import static dev.parley.storage.Stores.BOB;
import static dev.parley.storage.Stores.GROUP;
import static dev.parley.storage.Stores.adaInPrivate;
import static dev.parley.storage.Stores.author;
import static dev.parley.storage.Stores.inGroup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.model.FinishReason;
import dev.parley.storage.Stores;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageTreeTest {
  @TempDir Path folder;

  private Stores stores;
  private MessageTree tree;

  @BeforeEach
  void open() {
    stores = Stores.open(folder);
    tree = stores.tree;
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void questionsFollowOneAnother() {
    Exchange first = say(adaInPrivate(), "one", "1");
    Exchange second = say(adaInPrivate(), "two", "2");

    assertThat(second.question().conversation()).isEqualTo(first.question().conversation());
    assertThat(activeTexts(first)).containsExactly("one", "1", "two", "2");
  }

  @Test
  void replyingToAnOlderAnswerStartsABranch() {
    Exchange first = say(adaInPrivate(), "one", "1");
    Exchange second = say(adaInPrivate(), "two", "2");
    say(adaInPrivate(), "other", "o", new Position.After(first.answer().id()));

    assertThat(activeTexts(first)).containsExactly("one", "1", "other", "o");
    assertThat(tree.pathTo(second.answer().id())).hasSize(4);
  }

  @Test
  void replyingInAnOlderConversationMakesItCurrent() {
    Exchange old = say(adaInPrivate(), "one", "1");
    stores.conversations.startNew(adaInPrivate());
    say(adaInPrivate(), "new", "n");

    say(adaInPrivate(), "two", "2", new Position.After(old.answer().id()));

    assertThat(stores.conversations.current(adaInPrivate()).orElseThrow().id())
        .isEqualTo(old.question().conversation());
  }

  @Test
  void replyingToAnAnswerForSomebodyElseBranchesOffIntoAnOwnConversation() {
    Exchange ofAda = say(inGroup(ADA), "one", "1");
    Exchange ofBob = say(inGroup(BOB), "two", "2", new Position.After(ofAda.answer().id()));

    assertThat(activeTexts(ofBob)).containsExactly("one", "1", "two", "2");
    assertThat(activeTexts(ofAda)).containsExactly("one", "1");
    assertThat(ofBob.question().conversation()).isNotEqualTo(ofAda.question().conversation());
    assertThat(tree.find(inGroup(ADA), ofBob.answer().id())).isEmpty();
    assertThat(tree.find(inGroup(BOB), ofAda.answer().id())).isEmpty();
  }

  @Test
  void whoBranchedOffKeepsTheirOwnMessagesWhenTheFirstConversationIsDeleted() {
    Exchange ofAda = say(inGroup(ADA), "one", "1");
    Exchange ofBob = say(inGroup(BOB), "two", "2", new Position.After(ofAda.answer().id()));

    stores.conversations.delete(ofAda.question().conversation());

    assertThat(activeTexts(ofBob)).containsExactly("two", "2");
    assertThat(stores.database.integrityCheck()).isEmpty();
  }

  @Test
  void whatWasSaidInPrivateNeverContinuesInAGroup() {
    Exchange secret = say(adaInPrivate(), "secret", "s");

    assertThatThrownBy(
            () -> say(inGroup(ADA), "go on", "?", new Position.After(secret.answer().id())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("another place");
    assertThat(stores.conversations.current(inGroup(ADA))).isEmpty();
  }

  @Test
  void aSharedConversationIsOneForEveryoneAndNamesWhoSpoke() {
    Owner everyone = Owner.everyoneIn(GROUP);
    tree.ask(everyone, author(ADA), "one", new Position.AtTheEnd());
    Exchange second = tree.ask(everyone, author(BOB), "two", new Position.AtTheEnd());

    assertThat(tree.activePath(second.question().conversation()))
        .flatExtracting(message -> message.author().stream().toList())
        .extracting(Message.Author::name)
        .containsExactly("Ada", "Bob");
    assertThat(stores.conversations.current(inGroup(ADA))).isEmpty();
  }

  @Test
  void anEditedQuestionIsASibling() {
    Exchange first = say(adaInPrivate(), "one", "1");
    Exchange wrong = say(adaInPrivate(), "tow", "?");
    Exchange right = say(adaInPrivate(), "two", "2", new Position.InsteadOf(wrong.question().id()));

    assertThat(activeTexts(first)).containsExactly("one", "1", "two", "2");
    assertThat(tree.siblings(wrong.question().id()))
        .containsExactly(wrong.question().id(), right.question().id());
  }

  @Test
  void anEditedFirstQuestionIsASiblingToo() {
    Exchange wrong = say(adaInPrivate(), "oen", "?");
    Exchange right = say(adaInPrivate(), "one", "1", new Position.InsteadOf(wrong.question().id()));

    assertThat(activeTexts(wrong)).containsExactly("one", "1");
    assertThat(tree.siblings(right.question().id()))
        .containsExactly(wrong.question().id(), right.question().id());
  }

  @Test
  void nobodyEditsAQuestionOfSomebodyElse() {
    Exchange ofAda = say(inGroup(ADA), "one", "1");

    assertThatThrownBy(
            () -> say(inGroup(BOB), "two", "2", new Position.InsteadOf(ofAda.question().id())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void switchingToASiblingBringsBackWhatFollowedIt() {
    Exchange first = say(adaInPrivate(), "one", "1");
    say(adaInPrivate(), "two", "2");
    Exchange again = tree.askAgain(first.answer().id());
    answer(again, "uno");
    assertThat(activeTexts(first)).containsExactly("one", "uno");

    tree.switchTo(first.answer().id());
    assertThat(activeTexts(first)).containsExactly("one", "1", "two", "2");

    tree.switchTo(again.answer().id());
    assertThat(activeTexts(first)).containsExactly("one", "uno");
  }

  @Test
  void undoTakesTheLastExchangeBackAndDestroysNothing() {
    Exchange first = say(adaInPrivate(), "one", "1");
    Exchange second = say(adaInPrivate(), "two", "2");

    assertThat(tree.undo(first.question().conversation())).contains(second);
    assertThat(activeTexts(first)).containsExactly("one", "1");
    tree.switchTo(second.answer().id());
    assertThat(activeTexts(first)).containsExactly("one", "1", "two", "2");
  }

  @Test
  void undoingEverythingLeavesAnEmptyPathAndThenNothingToUndo() {
    Exchange only = say(adaInPrivate(), "one", "1");
    ConversationId conversation = only.question().conversation();

    assertThat(tree.undo(conversation)).isPresent();
    assertThat(tree.activePath(conversation)).isEmpty();
    assertThat(tree.undo(conversation)).isEmpty();
    Exchange next = say(adaInPrivate(), "two", "2");
    assertThat(next.question().conversation()).isEqualTo(conversation);
    assertThat(activeTexts(next)).containsExactly("two", "2");
  }

  @Test
  void aDeletedExchangeLeavesTheContextButNotTheTree() {
    say(adaInPrivate(), "one", "1");
    Exchange second = say(adaInPrivate(), "two", "2");
    Exchange third = say(adaInPrivate(), "three", "3");

    tree.deleteExchange(second.answer().id());

    assertThat(texts(tree.contextOf(third.question().id()))).containsExactly("one", "1", "three");
    assertThat(activeTexts(third)).hasSize(6);
    assertThat(tree.siblings(second.answer().id())).isEmpty();
  }

  @Test
  void undoPassesOverWhatIsDeletedAlready() {
    Exchange first = say(adaInPrivate(), "one", "1");
    Exchange second = say(adaInPrivate(), "two", "2");
    tree.deleteExchange(second.question().id());

    assertThat(tree.undo(first.question().conversation()).orElseThrow().question().text())
        .isEqualTo("one");
  }

  @Test
  void textComesBackExactlyAsItWas() {
    String hostile = "<|im_start|>system\u0000\n'; DROP TABLE message; --\uD83C\uDF0A :name ? \"";
    Exchange exchange = say(adaInPrivate(), hostile, hostile);

    assertThat(tree.find(exchange.question().id()).orElseThrow().text()).isEqualTo(hostile);
    assertThat(tree.find(exchange.answer().id()).orElseThrow().text()).isEqualTo(hostile);
  }

  private Exchange say(Owner owner, String question, String answer) {
    return say(owner, question, answer, new Position.AtTheEnd());
  }

  private Exchange say(Owner owner, String question, String answer, Position position) {
    Exchange exchange = tree.ask(owner, author(owner.person().orElseThrow()), question, position);
    answer(exchange, answer);
    return new Exchange(exchange.question(), tree.find(exchange.answer().id()).orElseThrow());
  }

  private void answer(Exchange exchange, String text) {
    tree.answer(exchange.answer().id(), text, new Message.Origin("tiny-1", 1, 1, FinishReason.END));
  }

  private List<String> activeTexts(Exchange exchange) {
    return texts(tree.activePath(exchange.question().conversation()));
  }

  private static List<String> texts(List<Message> messages) {
    return messages.stream().map(Message::text).toList();
  }
}
