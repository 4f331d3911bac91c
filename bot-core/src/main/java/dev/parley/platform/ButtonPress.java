package dev.parley.platform;

/**
 * A button that a person pressed.
 *
 * @param eventId unique per platform
 * @param place where
 * @param presser who
 * @param messageId the platform's id of the message with the button
 * @param buttonId as given in {@link Button#id()}; from outside, so possibly forged
 */
public record ButtonPress(
    String eventId, Place place, Person presser, String messageId, String buttonId) {}
