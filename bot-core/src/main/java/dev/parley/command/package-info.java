/**
 * The commands people give, one class each: what they are called and take, and what they do. Each
 * platform renders the definitions natively.
 */
@NullMarked
package dev.parley.command;

import org.jspecify.annotations.NullMarked;
