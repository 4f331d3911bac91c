/**
 * What the operator set, in {@code config/parley.yaml} and in {@code PARLEY_…} variables, checked
 * as a whole before anything starts. {@link dev.parley.configuration.Keys} is the table of all
 * there is to set; everything else here knows no single key. Knows what values are for, not how
 * they act.
 */
@NullMarked
package dev.parley.configuration;

import org.jspecify.annotations.NullMarked;
