package dev.parley.chat;

import dev.parley.reply.Tally;
import java.time.Instant;

/**
 * Why somebody is not answered now.
 *
 * @param limit that was met
 * @param text one sentence, which says when it goes on
 * @param until when it goes on
 */
record Refusal(Tally.Limit limit, String text, Instant until) {}
