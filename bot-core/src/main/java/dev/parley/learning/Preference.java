package dev.parley.learning;

import dev.parley.model.ChatMessage;
import dev.parley.platform.PersonId;
import java.util.List;
import java.util.Set;

/**
 * Two answers to the same question, of which one is better.
 *
 * @param id the same in every snapshot
 * @param origin how that is known
 * @param messages the conversation before them, which ends with the question
 * @param chosen the better answer
 * @param rejected the other one
 * @param people on whose consent it rests; in no file
 */
public record Preference(
    String id,
    Origin origin,
    List<ChatMessage> messages,
    String chosen,
    String rejected,
    Set<PersonId> people)
    implements Example {
  public Preference {
    messages = List.copyOf(messages);
    people = Set.copyOf(people);
  }
}
