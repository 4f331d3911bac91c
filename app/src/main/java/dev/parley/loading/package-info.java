/**
 * Which model answers here, how it comes onto this machine, and how it is loaded. Knows the
 * operator's configuration, and nothing of conversations.
 */
@NullMarked
package dev.parley.loading;

import org.jspecify.annotations.NullMarked;
