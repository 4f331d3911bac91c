package dev.parley.conversation;

/** A conversation's number, never used again after it was deleted. */
public record ConversationId(long value) {}
