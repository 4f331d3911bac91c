package dev.parley.reply;

import dev.parley.conversation.ConversationId;
import dev.parley.conversation.MessageId;
import dev.parley.platform.PersonId;
import dev.parley.platform.PlaceId;
import java.time.Instant;
import java.util.Optional;

/**
 * The delivery of one answer to a platform.
 *
 * @param id its number
 * @param conversation whose model run it needs
 * @param question what is answered
 * @param answer the message that gets the text
 * @param place where it goes
 * @param person for whom
 * @param state where it is on its way
 * @param continuation whether it goes on where the answer ended, instead of beginning it
 * @param attempts how often the model began it
 * @param platformQuestion the platform's id of the message to refer to
 * @param errorCase of a reply that was given up, what people can refer to
 * @param createdAt when it was accepted
 */
public record Reply(
    ReplyId id,
    ConversationId conversation,
    MessageId question,
    MessageId answer,
    PlaceId place,
    PersonId person,
    ReplyState state,
    boolean continuation,
    int attempts,
    Optional<String> platformQuestion,
    Optional<String> errorCase,
    Instant createdAt) {}
