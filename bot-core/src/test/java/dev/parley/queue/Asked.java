package dev.parley.queue;

import dev.parley.model.ChatMessage;
import dev.parley.model.GenerationOptions;
import dev.parley.model.SamplingOptions;
import dev.parley.model.TextListener;
import dev.parley.platform.PersonId;
import dev.parley.platform.PlaceId;
import dev.parley.queue.GenerationRequest.Priority;
import dev.parley.queue.GenerationRequest.Prompt;
import java.util.List;
import java.util.function.Supplier;

/** Makes requests as tests speak of them. */
final class Asked {
  private Asked() {}

  /** A question with its own text as the prompt. */
  static GenerationRequest question(String person, String place, long conversation, String text) {
    return request(person, place, conversation, Priority.ANSWER, () -> prompt(text));
  }

  static GenerationRequest background(String person, String place, long conversation, String text) {
    return request(person, place, conversation, Priority.BACKGROUND, () -> prompt(text));
  }

  static GenerationRequest request(
      String person, String place, long conversation, Priority priority, Supplier<Prompt> prompt) {
    return new GenerationRequest(
        new PersonId("test", person),
        new PlaceId("test", place),
        conversation,
        priority,
        prompt,
        TextListener.NONE);
  }

  static Prompt prompt(String text) {
    return Prompt.chat(
        List.of(ChatMessage.user(text)), GenerationOptions.of(512, SamplingOptions.GREEDY));
  }
}
