package dev.parley.reply;

/** A reply's number, never used again. */
public record ReplyId(long value) {}
