/**
 * How a model learns: supervised fine-tuning, reward model, reinforcement learning. Knows no people
 * and no database.
 */
@NullMarked
package dev.parley.model.training;

import org.jspecify.annotations.NullMarked;
