/** Draws the next token from logits. Knows neither texts nor networks. */
@NullMarked
package dev.parley.model.sampling;

import org.jspecify.annotations.NullMarked;
