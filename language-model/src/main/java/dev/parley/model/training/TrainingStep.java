package dev.parley.model.training;

import java.time.Duration;

/**
 * What a step did.
 *
 * @param number from 1
 * @param of how many the run has
 * @param loss mean over its rows
 * @param gradientNorm length of all gradients together, before they were cut
 * @param rate the learning rate
 * @param tokens that the network read
 * @param took time to compute it
 */
public record TrainingStep(
    int number,
    int of,
    double loss,
    double gradientNorm,
    double rate,
    long tokens,
    Duration took) {}
