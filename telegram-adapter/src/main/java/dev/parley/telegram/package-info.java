/**
 * Telegram as a platform: updates in, messages out. Knows Telegram's limits and how it fails; no
 * rule of conversation lives here.
 */
@NullMarked
package dev.parley.telegram;

import org.jspecify.annotations.NullMarked;
