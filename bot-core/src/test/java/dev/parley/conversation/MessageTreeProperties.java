package dev.parley.conversation;

import static dev.parley.storage.Stores.ADA;
import static dev.parley.storage.Stores.BOB;
import static dev.parley.storage.Stores.GROUP;
import static dev.parley.storage.Stores.author;
import static dev.parley.storage.Stores.inGroup;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.model.FinishReason;
import dev.parley.model.Role;
import dev.parley.platform.PersonId;
import dev.parley.storage.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever people do in whatever order, their messages stay trees and nothing is lost. */
class MessageTreeProperties {
  private static final List<Owner> OWNERS =
      List.of(inGroup(ADA), inGroup(BOB), Owner.everyoneIn(GROUP));

  enum Deed {
    ASK,
    REPLY,
    EDIT,
    REGENERATE,
    SWITCH,
    UNDO,
    DELETE,
    START_NEW,
    RESUME
  }

  /** What is done, by whom, and a number that chooses among the messages or conversations. */
  record Step(Deed deed, Owner owner, int choice) {
    <T> Optional<T> choose(List<T> all) {
      return all.isEmpty() ? Optional.empty() : Optional.of(all.get(choice % all.size()));
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.of(Deed.class),
            Arbitraries.of(OWNERS),
            Arbitraries.integers().between(0, 1_000))
        .as(Step::new)
        .list()
        .ofMaxSize(40);
  }

  @Property(tries = 50)
  void everyPathIsWholeAlternatesAndIsItsOwnersAlone(@ForAll("steps") List<Step> steps)
      throws IOException {
    Path folder = Files.createTempDirectory("tree");
    try (Stores stores = Stores.open(folder)) {
      Play play = new Play(stores);
      for (Step step : steps) {
        play.perform(step);
        OWNERS.forEach(play::checkActivePath);
      }
      play.checkThatNothingIsLost();
    } finally {
      delete(folder);
    }
  }

  /** Whoever erases everything takes their own words along, and leaves whole trees to others. */
  @Property(tries = 50)
  void whatIsLeftAfterAnErasureIsWhole(@ForAll("steps") List<Step> steps) throws IOException {
    Path folder = Files.createTempDirectory("tree");
    try (Stores stores = Stores.open(folder)) {
      Play play = new Play(stores);
      steps.forEach(play::perform);

      stores.erasure.of(ADA);

      OWNERS.forEach(play::checkActivePath);
      play.checkThatOnlyOthersAreLeft();
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** One sequence of steps, and what is known to exist because of them. */
  private static final class Play {
    private final Stores stores;
    private final ConversationStore conversations;
    private final MessageTree tree;
    private final List<Message> messages = new ArrayList<>();
    private final List<Conversation> begun = new ArrayList<>();

    Play(Stores stores) {
      this.stores = stores;
      this.conversations = stores.conversations;
      this.tree = stores.tree;
    }

    void perform(Step step) {
      List<Message> answers = messages.stream().filter(m -> m.role() == Role.ASSISTANT).toList();
      Optional<Message> own =
          step.choose(
              messages.stream().filter(m -> tree.find(step.owner(), m.id()).isPresent()).toList());
      switch (step.deed()) {
        case ASK -> ask(step, new Position.AtTheEnd());
        case REPLY -> step.choose(answers).ifPresent(to -> ask(step, new Position.After(to.id())));
        case EDIT ->
            own.filter(message -> message.role() == Role.USER)
                .ifPresent(question -> ask(step, new Position.InsteadOf(question.id())));
        case REGENERATE -> step.choose(answers).ifPresent(this::regenerate);
        case SWITCH -> own.ifPresent(this::switchTo);
        case UNDO -> conversations.current(step.owner()).ifPresent(this::undo);
        case DELETE -> own.ifPresent(message -> tree.deleteExchange(message.id()));
        case START_NEW -> begun.add(conversations.startNew(step.owner()));
        case RESUME -> step.choose(begun).ifPresent(this::resume);
      }
    }

    void checkActivePath(Owner owner) {
      Optional<Conversation> current = conversations.current(owner);
      if (current.isEmpty()) {
        return;
      }
      List<Message> path = tree.activePath(current.get().id());
      assertThat(current.get().owner()).isEqualTo(owner);
      assertThat(path.isEmpty()).isEqualTo(current.get().activeLeaf().isEmpty());
      assertThat(path.size() % 2).as("the leaf is an answer").isZero();
      Optional<MessageId> parent = Optional.empty();
      Role next = Role.USER;
      for (Message message : path) {
        assertThat(message.parent()).isEqualTo(parent);
        assertThat(message.role()).isEqualTo(next);
        parent = Optional.of(message.id());
        next = next == Role.USER ? Role.ASSISTANT : Role.USER;
      }
    }

    void checkThatNothingIsLost() {
      for (Message message : messages) {
        List<Message> path = tree.pathTo(message.id());
        assertThat(path.getFirst().parent()).isEmpty();
        assertThat(path.getLast().parent()).isEqualTo(message.parent());
        assertThat(path.getLast().id()).isEqualTo(message.id());
      }
      assertThat(stores.database.integrityCheck()).isEmpty();
    }

    void checkThatOnlyOthersAreLeft() {
      for (Message message : messages) {
        Message question =
            message.role() == Role.USER
                ? message
                : messages.stream()
                    .filter(each -> each.id().equals(message.parent().orElseThrow()))
                    .findFirst()
                    .orElseThrow();
        boolean others = !question.author().orElseThrow().id().equals(ADA);
        assertThat(tree.find(message.id()).isPresent()).isEqualTo(others);
        if (others) {
          List<Message> path = tree.pathTo(message.id());
          assertThat(path.getFirst().parent()).isEmpty();
          for (int i = 0; i < path.size(); i++) {
            assertThat(path.get(i).role()).isEqualTo(i % 2 == 0 ? Role.USER : Role.ASSISTANT);
          }
        }
      }
      assertThat(stores.database.integrityCheck()).isEmpty();
      assertThat(stores.kept.of(ADA).messages()).isZero();
    }

    private void ask(Step step, Position position) {
      PersonId asker = step.owner().person().orElse(ADA);
      Exchange exchange = tree.ask(step.owner(), author(asker), "?", position);
      tree.answer(
          exchange.answer().id(), "!", new Message.Origin("tiny-1", 1, 1, FinishReason.END));
      messages.add(exchange.question());
      messages.add(exchange.answer());
      assertThat(conversations.current(step.owner()).orElseThrow().activeLeaf())
          .contains(exchange.answer().id());
    }

    private void regenerate(Message answer) {
      Exchange again = tree.askAgain(answer.id());
      messages.add(again.answer());
      assertThat(tree.siblings(answer.id())).contains(again.answer().id());
    }

    private void switchTo(Message message) {
      tree.switchTo(message.id());
      assertThat(tree.activePath(message.conversation()))
          .extracting(Message::id)
          .contains(message.id());
    }

    private void undo(Conversation conversation) {
      List<Message> before = tree.activePath(conversation.id());
      Optional<Exchange> undone = tree.undo(conversation.id());
      List<Message> after = tree.activePath(conversation.id());
      assertThat(before.subList(0, after.size())).isEqualTo(after);
      undone.ifPresent(exchange -> assertThat(before).contains(exchange.question()));
    }

    private void resume(Conversation conversation) {
      Conversation before = conversations.find(conversation.id()).orElseThrow();
      Conversation resumed =
          conversations.resume(conversation.owner(), conversation.id()).orElseThrow();
      assertThat(resumed.activeLeaf()).isEqualTo(before.activeLeaf());
      assertThat(conversations.current(conversation.owner())).contains(resumed);
    }
  }
}
