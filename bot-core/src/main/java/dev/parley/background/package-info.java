/**
 * What the model does while nobody waits: summaries of what was forgotten, answers to compare,
 * titles. Knows no platform; what it has to do is read from the database, so that nothing is lost
 * by a restart.
 */
@NullMarked
package dev.parley.background;

import org.jspecify.annotations.NullMarked;
