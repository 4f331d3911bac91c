/**
 * From what people allowed to learn from to a version that was examined: all ways to train in turn,
 * and what decides whether the outcome may be tried.
 */
@NullMarked
package dev.parley.pipeline;

import org.jspecify.annotations.NullMarked;
