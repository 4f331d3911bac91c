package dev.parley.learning;

import dev.parley.reply.ReplyId;

/**
 * An answer that a comparison could be offered for.
 *
 * @param reply that brought it
 * @param answers how many its person got since they agreed or were asked last, this one included
 */
public record Candidate(ReplyId reply, int answers) {}
