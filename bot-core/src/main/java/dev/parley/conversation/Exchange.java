package dev.parley.conversation;

/**
 * A question and one of its answers.
 *
 * @param question what was asked
 * @param answer its answer, possibly still without text
 */
public record Exchange(Message question, Message answer) {}
