/** Everything people read, in every language. Knows no feature: keys in, sentences out. */
@NullMarked
package dev.parley.language;

import org.jspecify.annotations.NullMarked;
