package dev.parley.model.training;

import java.time.Duration;

/**
 * What an iteration of proximal policy optimization did; means over its answers or their tokens.
 *
 * @param number from 1
 * @param of how many the run has
 * @param score of an answer
 * @param divergence nats by which an answer leaves the model of the beginning, of either sign for a
 *     single one
 * @param divergence3 the same by the estimate that is never negative
 * @param beta the price of these
 * @param entropy nats of a token
 * @param policyLoss of the clipped objective
 * @param valueLoss of the clipped values
 * @param clipped share of tokens whose ratio was cut
 * @param explained share of the returns' variance that the values knew before
 * @param moved nats by which the policy left the one that wrote
 * @param gradientNorm length of all gradients together, before they were cut
 * @param length tokens of an answer
 * @param ended share of answers that ended by themselves
 * @param took time for all of it
 */
public record PpoIteration(
    int number,
    int of,
    double score,
    double divergence,
    double divergence3,
    double beta,
    double entropy,
    double policyLoss,
    double valueLoss,
    double clipped,
    double explained,
    double moved,
    double gradientNorm,
    double length,
    double ended,
    Duration took) {}
