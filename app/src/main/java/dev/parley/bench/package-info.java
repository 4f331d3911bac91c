/**
 * How fast a model is on this machine: one class for each measure, and writers of what was found.
 * Knows neither conversations nor the queue: what is measured is the model.
 */
@NullMarked
package dev.parley.bench;

import org.jspecify.annotations.NullMarked;
