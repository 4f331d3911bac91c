package dev.parley.command;

import dev.parley.conversation.Owner;
import dev.parley.format.Markdown;
import dev.parley.language.Texts;
import dev.parley.platform.Button;
import dev.parley.platform.OutgoingFile;
import dev.parley.platform.Person;
import dev.parley.platform.Place;
import dev.parley.platform.Response;
import java.util.Optional;

/**
 * Who gives a command, and in whose conversation.
 *
 * @param person as the platform describes them
 * @param place where
 * @param owner whose conversation it concerns
 * @param texts in the language they read
 * @param eventId of the event that brought it
 * @param subject whom it is about, where the platform tells
 */
record Asker(
    Person person,
    Place place,
    Owner owner,
    Texts texts,
    String eventId,
    Optional<Person> subject) {
  /** Whether there is a group here, and the platform lets them manage it. */
  boolean manages() {
    return place.kind() != Place.Kind.PRIVATE && person.placeAdmin();
  }

  /** A response of one sentence. */
  Response say(String key, Object... arguments) {
    return Response.of(texts.say(key, arguments));
  }

  /** A file that they asked for. */
  OutgoingFile file(String name, byte[] content) {
    double megabytes = content.length / 1e6;
    return new OutgoingFile(
        name, content, texts.say("file.not-taken", Markdown.name(name), megabytes));
  }

  /** A button of a command: its id is the command's name and the words, its label a text. */
  Button button(String labelKey, String command, Object... words) {
    return new Button(id(command, words), texts.say(labelKey));
  }

  static String id(String command, Object... words) {
    StringBuilder id = new StringBuilder(command);
    for (Object word : words) {
      id.append(':').append(word);
    }
    return id.toString();
  }
}
