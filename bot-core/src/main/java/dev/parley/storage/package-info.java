/**
 * The database file: opening it, its schema, transactions, what is cached in front of it. Knows no
 * concept that is stored in it.
 */
@NullMarked
package dev.parley.storage;

import org.jspecify.annotations.NullMarked;
