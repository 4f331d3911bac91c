package dev.parley.learning;

import dev.parley.conversation.Message;
import dev.parley.model.ChatMessage;
import dev.parley.model.Role;
import dev.parley.platform.PersonId;
import dev.parley.prompt.Quote;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A conversation up to a question, all of whose people agreed: without names, without a system
 * prompt or custom instructions. Immutable.
 *
 * @param messages the last one is the question
 * @param people who wrote the questions
 */
record Passage(List<ChatMessage> messages, Set<PersonId> people) {
  Passage {
    messages = List.copyOf(messages);
    people = Set.copyOf(people);
  }

  /**
   * Empty where somebody's words are in it who did not agree: of those that were quoted or
   * forwarded nobody knows.
   *
   * @param context questions and answers, the question last
   */
  static Optional<Passage> of(List<Message> context, Set<PersonId> agreed) {
    Set<PersonId> people = new HashSet<>();
    for (Message message : context) {
      if (message.role() == Role.USER) {
        Optional<PersonId> author =
            message.author().map(Message.Author::id).filter(agreed::contains);
        if (author.isEmpty() || Quote.isIn(message.text())) {
          return Optional.empty();
        }
        people.add(author.get());
      }
    }
    return Optional.of(
        new Passage(
            context.stream().map(m -> new ChatMessage(m.role(), m.text())).toList(), people));
  }

  /** It, and an answer. */
  List<ChatMessage> with(String answer) {
    return Stream.concat(messages.stream(), Stream.of(ChatMessage.assistant(answer))).toList();
  }

  /** Its people and others. */
  Set<PersonId> and(Stream<PersonId> others) {
    Set<PersonId> all = new HashSet<>(people);
    others.forEach(all::add);
    return all;
  }
}
