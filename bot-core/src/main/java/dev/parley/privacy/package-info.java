/**
 * What is kept of people and groups: counted, handed over, deleted. Looks into the tables of all
 * others, and deletes there.
 */
@NullMarked
package dev.parley.privacy;

import org.jspecify.annotations.NullMarked;
