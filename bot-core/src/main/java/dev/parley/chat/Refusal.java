package dev.parley.chat;

import java.time.Instant;

/**
 * Why somebody is not answered now.
 *
 * @param text one sentence, which says when it goes on
 * @param until when it goes on
 */
record Refusal(String text, Instant until) {}
