package dev.parley.learning;

import dev.parley.model.ChatMessage;
import dev.parley.platform.PersonId;
import dev.parley.rating.Reason;
import java.util.List;
import java.util.Set;

/**
 * An answer that is good or bad by itself.
 *
 * @param id the same in every snapshot
 * @param messages the last one is the answer
 * @param good what everybody says who rated it
 * @param reasons of a bad one, in the order of {@link Reason}
 * @param people on whose consent it rests; in no file
 */
public record RatedAnswer(
    String id, List<ChatMessage> messages, boolean good, List<Reason> reasons, Set<PersonId> people)
    implements Example {
  public RatedAnswer {
    messages = List.copyOf(messages);
    reasons = List.copyOf(reasons);
    people = Set.copyOf(people);
  }

  @Override
  public Origin origin() {
    return Origin.RATED;
  }
}
