/**
 * The network: a script that libtorch runs, given weights from a model file. Knows token ids and
 * logits, nothing of texts.
 */
@NullMarked
package dev.parley.model.transformer;

import org.jspecify.annotations.NullMarked;
