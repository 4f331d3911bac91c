/** Ports on which Parley itself answers HTTP. Knows nothing of what is asked there. */
@NullMarked
package dev.parley.http;

import org.jspecify.annotations.NullMarked;
