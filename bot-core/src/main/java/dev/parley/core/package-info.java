/** The core as platforms see it: messages go to the chat, commands to the commands. */
@NullMarked
package dev.parley.core;

import org.jspecify.annotations.NullMarked;
