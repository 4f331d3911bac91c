package dev.parley.conversation;

/** A message's number, larger than its parent's, never used again after it was deleted. */
public record MessageId(long value) {}
