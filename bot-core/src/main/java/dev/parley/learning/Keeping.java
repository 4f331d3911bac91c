package dev.parley.learning;

import dev.parley.conversation.MessageId;
import dev.parley.platform.PersonId;

/**
 * Somebody who agreed had an answer written anew, and went on from one of the two.
 *
 * @param kept from which they went on
 * @param left from which nobody did
 */
record Keeping(MessageId kept, MessageId left, PersonId person) {}
