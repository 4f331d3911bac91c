/** The command line and the wiring of all parts. */
@NullMarked
package dev.parley.launcher;

import org.jspecify.annotations.NullMarked;
