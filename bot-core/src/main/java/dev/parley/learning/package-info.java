/**
 * What people let the model learn from: who agreed, and what may be learned from whom; and what
 * came of it: the versions of the model, which of them answer, and how they are rated. Knows no
 * training, and nothing of those who did not agree.
 */
@NullMarked
package dev.parley.learning;

import org.jspecify.annotations.NullMarked;
