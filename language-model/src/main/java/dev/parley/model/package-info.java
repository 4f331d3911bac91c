/**
 * What a language model is to the rest of Parley: chat messages in, streamed text out. Knows
 * nothing of people, places or platforms.
 */
@NullMarked
package dev.parley.model;

import org.jspecify.annotations.NullMarked;
