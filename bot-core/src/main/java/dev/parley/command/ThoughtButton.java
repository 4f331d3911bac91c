package dev.parley.command;

import dev.parley.conversation.Message;
import dev.parley.conversation.MessageId;
import dev.parley.conversation.MessageTree;
import dev.parley.conversation.ThoughtStore;
import dev.parley.platform.Platform;
import dev.parley.platform.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * 💭 under an answer: what the model thought before it, for those whose the answer is. No command:
 * there is nothing to type.
 */
final class ThoughtButton implements ButtonHandler {
  static final String NAME = "thought";

  /** As a very long answer, a thought that needs more of them becomes a file. */
  private static final long MOST_MESSAGES = 3;

  private final MessageTree tree;
  private final ThoughtStore thoughts;
  private final Map<String, Platform> platforms;
  private final NotYours notYours;

  /**
   * @param platforms by name
   */
  ThoughtButton(
      MessageTree tree, ThoughtStore thoughts, Map<String, Platform> platforms, NotYours notYours) {
    this.tree = tree;
    this.thoughts = thoughts;
    this.platforms = platforms;
    this.notYours = notYours;
  }

  /** An answer that was given up has no text, but may have been thought about. */
  @Override
  public Response press(Asker asker, List<String> words) {
    OptionalLong id = Words.number(words, 0);
    if (id.isEmpty()) {
      return asker.say("button.old");
    }
    MessageId pressed = new MessageId(id.getAsLong());
    Optional<Message> answer = tree.find(asker.owner(), pressed);
    if (answer.isEmpty()) {
      return notYours.answer(asker, pressed);
    }
    return thoughts
        .find(pressed)
        .map(thought -> show(asker, pressed, thought))
        .orElseGet(() -> asker.say("button.old"));
  }

  private Response show(Asker asker, MessageId answer, String thought) {
    if (thought.length() > mostCharacters(asker)) {
      return asker
          .say("thought.in-file")
          .withFile(
              asker.file(
                  "thought-" + answer.value() + ".md", thought.getBytes(StandardCharsets.UTF_8)));
    }
    return Response.of(asker.texts().say("thought.heading") + "\n\n" + thought);
  }

  private long mostCharacters(Asker asker) {
    Platform here = platforms.get(asker.place().id().platform());
    return here == null ? 0 : MOST_MESSAGES * here.limits().messageLength();
  }
}
