/** What the operator set, from the environment, and where things lie. Knows no feature. */
@NullMarked
package dev.parley.configuration;

import org.jspecify.annotations.NullMarked;
