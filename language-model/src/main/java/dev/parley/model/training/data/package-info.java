/**
 * Data to train from: conversations and preferences out of JSON lines, checked line by line; the
 * tokens they become, with those that are learnt marked; rows and batches in an order that a seed
 * gives. Knows no weights, no gradients and nobody who collected the data.
 */
@NullMarked
package dev.parley.model.training.data;

import org.jspecify.annotations.NullMarked;
