/**
 * Replies on their way from the model to a platform, and what is stored of that. Knows no concrete
 * platform.
 */
@NullMarked
package dev.parley.reply;

import org.jspecify.annotations.NullMarked;
