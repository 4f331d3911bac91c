/**
 * The model as a server for other programs, in the words of OpenAI's API: chat completions, plain
 * completions, models, health and metrics. Knows no conversation, no platform and no database: what
 * is asked and answered is kept nowhere.
 */
@NullMarked
package dev.parley.server;

import org.jspecify.annotations.NullMarked;
