/** Copies of the database: made, rotated, put back. */
@NullMarked
package dev.parley.backup;

import org.jspecify.annotations.NullMarked;
