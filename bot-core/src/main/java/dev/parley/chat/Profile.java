package dev.parley.chat;

import dev.parley.model.SamplingOptions;
import dev.parley.prompt.Persona;
import dev.parley.settings.AnswerLength;
import dev.parley.settings.Creativity;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * How this installation answers and keeps, as the operator and the model's catalogue entry say.
 *
 * @param name what Parley is called here
 * @param operatorPrompt told to the model in every place; may be empty
 * @param sampling what suits the model; a seed in it makes answers repeatable
 * @param maxAnswerTokens the longest answer of normal length
 * @param contextTokens most tokens of prompt and answer together
 * @param idleAfter after so long a silence a conversation starts anew
 * @param zone where the operator lives: today's date, and when a day's limits begin again
 * @param personas what can be chosen, the default first
 * @param backupsKept for how long copies of the database are there that are made now and then;
 *     empty where nobody knows
 */
public record Profile(
    String name,
    String operatorPrompt,
    SamplingOptions sampling,
    int maxAnswerTokens,
    int contextTokens,
    Duration idleAfter,
    ZoneId zone,
    List<Persona> personas,
    Optional<Duration> backupsKept) {
  public Profile {
    personas = List.copyOf(personas);
    if (personas.isEmpty()) {
      throw new IllegalArgumentException("at least one persona is needed");
    }
  }

  /** The persona of that id, or the default one where it is gone. */
  public Persona persona(String id) {
    return personas.stream()
        .filter(persona -> persona.id().equals(id))
        .findFirst()
        .orElse(personas.getFirst());
  }

  /** What suits the model, bent towards what the person chose. */
  SamplingOptions sampling(Creativity creativity) {
    return switch (creativity) {
      case PRECISE -> sampling.withTemperature(0);
      case BALANCED -> sampling;
      case CREATIVE -> sampling.withTemperature(Math.min(1.2, sampling.temperature() + 0.5));
    };
  }

  /** Most tokens of an answer; never more than half the context, so that the question has room. */
  int maxTokens(AnswerLength length) {
    int tokens =
        switch (length) {
          case SHORT -> maxAnswerTokens / 2;
          case NORMAL -> maxAnswerTokens;
          case LONG -> maxAnswerTokens * 2;
        };
    return Math.clamp(tokens, 16, Math.max(16, contextTokens / 2));
  }
}
