/** What people think of answers, for learning to read. Knows no buttons. */
@NullMarked
package dev.parley.rating;

import org.jspecify.annotations.NullMarked;
