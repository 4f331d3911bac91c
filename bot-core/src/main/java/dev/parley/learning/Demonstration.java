package dev.parley.learning;

import dev.parley.model.ChatMessage;
import dev.parley.platform.PersonId;
import java.util.List;
import java.util.Set;

/**
 * A conversation that ends as it should.
 *
 * @param id the same in every snapshot
 * @param origin who says that it is good: a better answer that was taught, or a thumb
 * @param messages the last one is the good answer
 * @param people on whose consent it rests; in no file
 */
public record Demonstration(
    String id, Origin origin, List<ChatMessage> messages, Set<PersonId> people) implements Example {
  public Demonstration {
    messages = List.copyOf(messages);
    people = Set.copyOf(people);
  }
}
