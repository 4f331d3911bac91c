package dev.parley.learning;

import java.time.Duration;

/**
 * What a training would read and cost.
 *
 * @param answers good ones to learn from
 * @param pairs of a better and a worse answer to learn from
 * @param judged pairs that are kept apart, to judge what came of it
 * @param steps of all stages
 * @param tokens that are learned from in all of them
 * @param time with nobody chatting
 * @param memory at most needed beside the program, in bytes
 * @param free memory, in bytes
 */
public record TrainingPlan(
    int answers,
    int pairs,
    int judged,
    long steps,
    long tokens,
    Duration time,
    long memory,
    long free) {}
