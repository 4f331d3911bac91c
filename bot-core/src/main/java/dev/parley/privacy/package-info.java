/** What is kept of a person. Looks into the tables of all others, and changes nothing there. */
@NullMarked
package dev.parley.privacy;

import org.jspecify.annotations.NullMarked;
