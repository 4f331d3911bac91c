/**
 * Training on the command line: what it will cost, how it goes, what comes out. Knows files,
 * pictures and the terminal's lines, and nothing of people and their conversations.
 */
@NullMarked
package dev.parley.training;

import org.jspecify.annotations.NullMarked;
