package dev.parley.privacy;

import java.time.Instant;

/**
 * How much is kept of one person.
 *
 * @param messages their questions and the answers to them, also those taken out of the context
 * @param conversations these stand in
 * @param instructions custom instructions with a text, at most two
 * @param ratings of answers, comparisons included
 * @param since when the person was first seen
 */
public record Kept(int messages, int conversations, int instructions, int ratings, Instant since) {}
