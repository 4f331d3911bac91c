/**
 * Looks at what Parley needs, one class for each part, and says what to do about each finding.
 * Changes nothing.
 */
@NullMarked
package dev.parley.doctor;

import org.jspecify.annotations.NullMarked;
