package dev.parley.prompt;

/**
 * A named system prompt.
 *
 * @param id lower-case, as stored in settings
 * @param instructions what the model is told to be, in English unless the operator wrote otherwise
 */
public record Persona(String id, String instructions) {}
