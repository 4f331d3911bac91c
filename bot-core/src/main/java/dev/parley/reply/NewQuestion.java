package dev.parley.reply;

import dev.parley.conversation.Message;
import dev.parley.conversation.Owner;
import dev.parley.conversation.Position;
import dev.parley.platform.PlaceId;
import java.util.Optional;

/**
 * What is accepted.
 *
 * @param eventId unique per platform: the second one with the same id changes nothing
 * @param owner whose conversation it belongs to
 * @param stands where the message with it stands: the owner's place, or where a thread was opened
 *     for it
 * @param author who asks
 * @param platformMessageId the platform's id of the message, where it has one
 * @param text the question, attachments included
 * @param position where it goes in the tree
 */
public record NewQuestion(
    String eventId,
    Owner owner,
    PlaceId stands,
    Message.Author author,
    Optional<String> platformMessageId,
    String text,
    Position position) {}
