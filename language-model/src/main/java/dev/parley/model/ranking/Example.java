package dev.parley.model.ranking;

import java.util.List;

/**
 * A reply to learn from.
 *
 * @param dialogue number of the dialogue that it is in
 * @param turns before it
 * @param text of the reply
 * @param reply the same as it is compared
 * @param rejected worse replies to the same turns
 */
record Example(int dialogue, List<Turn> turns, String text, Turn reply, List<Turn> rejected) {}
