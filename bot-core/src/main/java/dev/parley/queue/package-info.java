/**
 * One queue in front of one model: fair first among places, then among the people in them. Knows no
 * conversation's content and no platform.
 */
@NullMarked
package dev.parley.queue;

import org.jspecify.annotations.NullMarked;
