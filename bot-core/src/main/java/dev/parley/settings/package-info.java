/**
 * How Parley behaves for a person or in a place, and why: person, place, configuration, built-in
 * default. Knows no user interface.
 */
@NullMarked
package dev.parley.settings;

import org.jspecify.annotations.NullMarked;
