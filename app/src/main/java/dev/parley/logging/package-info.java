/**
 * The log: one line per event, in bounded files or on standard error, without secrets and, unless
 * the operator wants it, without what people write. Knows Logback, which nothing else here does.
 */
@NullMarked
package dev.parley.logging;

import org.jspecify.annotations.NullMarked;
