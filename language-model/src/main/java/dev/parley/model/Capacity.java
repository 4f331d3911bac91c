package dev.parley.model;

/**
 * How much a model can do at once, for the queue in front of it.
 *
 * @param parallel how many generations run at once; a further one waits inside the model
 * @param prefillTokensPerSecond prompt tokens read per second, measured lately or a first guess
 * @param decodeTokensPerSecond tokens drawn per second for one generation while {@code parallel}
 *     run
 */
public record Capacity(int parallel, double prefillTokensPerSecond, double decodeTokensPerSecond) {}
