package dev.parley.prompt;

import dev.parley.model.ChatMessage;
import dev.parley.model.Role;
import java.util.Optional;

/**
 * One message of the conversation as the prompt needs it.
 *
 * @param id the message's id, to remember where forgetting ended
 * @param role user or assistant
 * @param speaker who said it, where several people speak
 * @param text what was said
 */
public record Turn(long id, Role role, Optional<String> speaker, String text) {
  ChatMessage toChatMessage() {
    return new ChatMessage(role, speaker.map(name -> Speaker.of(name) + ": " + text).orElse(text));
  }
}
