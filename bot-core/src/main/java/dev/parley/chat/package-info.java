/** The way of one message: from a platform to the model and back. */
@NullMarked
package dev.parley.chat;

import org.jspecify.annotations.NullMarked;
