package dev.parley.learning;

import dev.parley.conversation.MessageId;
import dev.parley.platform.PersonId;
import dev.parley.platform.Thumb;
import dev.parley.rating.Reason;
import java.util.Optional;

/**
 * What somebody who agreed thinks of an answer.
 *
 * @param better how it should read, in their words
 */
record Judgement(
    MessageId answer,
    PersonId person,
    Thumb thumb,
    Optional<Reason> reason,
    Optional<String> better) {}
