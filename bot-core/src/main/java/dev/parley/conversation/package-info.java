/**
 * Trees of messages, found again by place and owner, by platform message or by their words. Knows
 * no model and no delivery.
 */
@NullMarked
package dev.parley.conversation;

import org.jspecify.annotations.NullMarked;
