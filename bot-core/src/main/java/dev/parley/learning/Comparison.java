package dev.parley.learning;

import dev.parley.conversation.Message;
import dev.parley.conversation.MessageId;
import dev.parley.platform.PersonId;
import java.util.Optional;

/**
 * Two answers to one question, for somebody to compare.
 *
 * @param answer the one that was given
 * @param person who is asked
 * @param other the other one's text
 * @param generation how the other one came about
 * @param otherFirst whether the other one is shown first
 * @param choice what they said; empty until then
 */
public record Comparison(
    ComparisonId id,
    MessageId answer,
    PersonId person,
    String other,
    Message.Origin generation,
    boolean otherFirst,
    Optional<Choice> choice) {}
