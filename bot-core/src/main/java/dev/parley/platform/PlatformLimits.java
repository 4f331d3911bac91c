package dev.parley.platform;

import java.time.Duration;

/**
 * What a platform can carry.
 *
 * @param messageLength the greatest length of one message, by {@link ReplyChannel#length}
 * @param editInterval shortest time between two edits in one place
 * @param typingInterval how often the typing sign must be renewed
 * @param cursor shown at the end of a growing text, possibly empty; room is left for it
 */
public record PlatformLimits(
    int messageLength, Duration editInterval, Duration typingInterval, String cursor) {}
