package dev.parley.server;

import dev.parley.platform.PersonId;
import dev.parley.queue.GenerationRequest.Prompt;

/**
 * What a request wants.
 *
 * @param user who shares the queue with others
 * @param stream whether the answer comes while it is written
 * @param usage whether a stream ends with the token counts
 */
record Request(PersonId user, Prompt prompt, AnswerFormat format, boolean stream, boolean usage) {}
