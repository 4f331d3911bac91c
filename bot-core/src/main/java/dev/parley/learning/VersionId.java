package dev.parley.learning;

/** A version's number, never used again. */
public record VersionId(long value) {}
