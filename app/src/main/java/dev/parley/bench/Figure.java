package dev.parley.bench;

/**
 * One number that was measured.
 *
 * @param what it is, in a few words
 * @param people how many at once it is about
 */
public record Figure(String what, int people, double value, Unit unit) {}
