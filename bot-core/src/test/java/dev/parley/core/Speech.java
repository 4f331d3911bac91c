package dev.parley.core;

import dev.parley.model.ChatMessage;
import dev.parley.model.Role;
import dev.parley.model.TextListener;
import dev.parley.model.Thoughts;
import java.util.List;

/** What a test's model says, its thought told apart as by a real one. Confined to one thread. */
final class Speech implements TextListener {
  private final TextListener listener;
  private final Thoughts thoughts;
  private final StringBuilder thought = new StringBuilder();
  private final StringBuilder text = new StringBuilder();

  /**
   * @param prompt what is answered, or gone on with
   */
  Speech(List<ChatMessage> prompt, TextListener listener) {
    boolean goesOn = prompt.getLast().role() == Role.ASSISTANT;
    this.listener = listener;
    this.thoughts = new Thoughts(goesOn ? Thoughts.At.ANSWER : Thoughts.At.BEGINNING, this);
  }

  Speech say(String piece) {
    thoughts.add(piece);
    return this;
  }

  Speech end() {
    thoughts.finish();
    return this;
  }

  @Override
  public void text(String piece) {
    text.append(piece);
    listener.text(piece);
  }

  @Override
  public void thought(String piece) {
    thought.append(piece);
    listener.thought(piece);
  }

  String thought() {
    return thought.toString().strip();
  }

  String text() {
    return text.toString();
  }
}
