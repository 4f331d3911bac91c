/**
 * The way of one message: taken in, put on disk, answered through the queue, delivered. Knows no
 * command and no concrete platform.
 */
@NullMarked
package dev.parley.chat;

import org.jspecify.annotations.NullMarked;
