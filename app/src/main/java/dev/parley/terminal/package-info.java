/**
 * The terminal as a platform: one place, one person. Knows how to read lines and to draw growing
 * text; no rule of conversation lives here.
 */
@NullMarked
package dev.parley.terminal;

import org.jspecify.annotations.NullMarked;
