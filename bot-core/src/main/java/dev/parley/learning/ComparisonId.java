package dev.parley.learning;

/** A comparison's number. */
public record ComparisonId(long value) {}
