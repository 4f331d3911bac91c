/**
 * The engine: one thread that reads prompts in pieces and writes all answers in one batch, on KV
 * slots that remember what they hold. Knows no chat platform and no person.
 */
@NullMarked
package dev.parley.model.engine;

import org.jspecify.annotations.NullMarked;
