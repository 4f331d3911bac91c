package dev.parley.training;

/**
 * A figure whose course is shown.
 *
 * @param figure its name
 * @param label for people
 * @param noisy whether a running mean says more than each step: that is on the step's line too
 */
record Curve(String figure, String label, boolean noisy) {}
