/**
 * Looks at what Parley needs, one class for each part, and says what to do about each finding.
 * Leaves everything as it was.
 */
@NullMarked
package dev.parley.doctor;

import org.jspecify.annotations.NullMarked;
