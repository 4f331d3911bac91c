package dev.parley.reply;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What became of replies in an hour.
 *
 * @param begins when
 * @param answered how many answers arrived
 * @param failed how many questions got none, refused ones of a full queue among them
 * @param mostWaiting most questions that waited for the model at once
 * @param waited median time from a question to the model's beginning; empty where it began none
 * @param toFirstToken median time from there to the first token
 * @param tokensPerSecond median speed of an answer while it was written
 */
public record Hour(
    Instant begins,
    int answered,
    int failed,
    int mostWaiting,
    Optional<Duration> waited,
    Optional<Duration> toFirstToken,
    OptionalDouble tokensPerSecond) {}
