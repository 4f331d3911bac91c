/**
 * What people let the model learn from: who agreed, and what may be learned from whom. Knows no
 * training, and nothing of those who did not agree.
 */
@NullMarked
package dev.parley.learning;

import org.jspecify.annotations.NullMarked;
