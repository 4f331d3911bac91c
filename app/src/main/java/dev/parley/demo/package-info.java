/**
 * Shows what each way to train does, on data small enough to watch: each demonstration ends in a
 * table and a picture. Knows the language model and how training draws, and nothing of people.
 */
@NullMarked
package dev.parley.demo;

import org.jspecify.annotations.NullMarked;
