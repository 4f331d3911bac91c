/** What texts are made of, counted for models that are small enough to need no tokens. */
@NullMarked
package dev.parley.model.text;

import org.jspecify.annotations.NullMarked;
