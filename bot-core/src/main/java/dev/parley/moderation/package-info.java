/**
 * Moderation: which texts are violent, hateful, harassing, sexual or about hurting oneself, by word
 * lists and a small classifier of the project's own.
 */
@NullMarked
package dev.parley.moderation;

import org.jspecify.annotations.NullMarked;
