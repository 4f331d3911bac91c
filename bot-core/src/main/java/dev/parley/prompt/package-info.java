/**
 * What the model gets to read: the system prompt, the summary of what was forgotten, and as many
 * turns as fit. Knows no database and no platform.
 */
@NullMarked
package dev.parley.prompt;

import org.jspecify.annotations.NullMarked;
