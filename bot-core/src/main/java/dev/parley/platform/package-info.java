/**
 * The one small interface between the core and the platforms: what comes in, what goes out, and how
 * large it may be. Knows no concrete platform.
 */
@NullMarked
package dev.parley.platform;

import org.jspecify.annotations.NullMarked;
