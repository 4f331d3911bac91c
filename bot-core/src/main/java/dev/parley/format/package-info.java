/**
 * Text with its formatting: Markdown read once, cut into messages, for each platform to render its
 * own way. Knows no concrete platform.
 */
@NullMarked
package dev.parley.format;

import org.jspecify.annotations.NullMarked;
