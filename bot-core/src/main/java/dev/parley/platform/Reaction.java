package dev.parley.platform;

import java.util.Optional;

/**
 * What a person's reactions to a message say now; the same may come twice.
 *
 * @param place where the message stands, or what that lies in, where the platform says no more
 * @param person whose reactions
 * @param messageId the platform's id of the message
 * @param thumb empty where they say neither, or were taken away
 */
public record Reaction(PlaceId place, Person person, String messageId, Optional<Thumb> thumb) {}
