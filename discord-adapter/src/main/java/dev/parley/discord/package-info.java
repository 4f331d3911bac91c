/**
 * Discord as a platform: events in, messages out. Knows Discord's limits and how it fails; no rule
 * of conversation lives here.
 */
@NullMarked
package dev.parley.discord;

import org.jspecify.annotations.NullMarked;
