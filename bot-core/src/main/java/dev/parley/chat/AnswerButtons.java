package dev.parley.chat;

import dev.parley.conversation.Message;
import dev.parley.conversation.MessageId;
import dev.parley.language.Texts;
import dev.parley.model.FinishReason;
import dev.parley.platform.Button;
import java.util.ArrayList;
import java.util.List;

/**
 * The buttons under an answer; each id begins with the name of the command that takes the press.
 */
public final class AnswerButtons {
  private AnswerButtons() {}

  /**
   * Under a finished answer: another one, the way to its alternatives, and on where it was cut.
   *
   * @param siblings the answer and its alternatives, by age
   */
  public static List<Button> under(Message answer, List<MessageId> siblings, Texts texts) {
    List<Button> buttons = new ArrayList<>();
    buttons.add(new Button("regenerate:again:" + answer.id().value(), "↻"));
    int index = siblings.indexOf(answer.id());
    if (index > 0) {
      buttons.add(
          new Button(
              "regenerate:show:" + siblings.get(index - 1).value(),
              "‹ " + index + "/" + siblings.size()));
    }
    if (index >= 0 && index + 1 < siblings.size()) {
      buttons.add(
          new Button(
              "regenerate:show:" + siblings.get(index + 1).value(),
              (index + 2) + "/" + siblings.size() + " ›"));
    }
    if (answer.generation().map(g -> g.finishReason() == FinishReason.LENGTH).orElse(false)) {
      buttons.add(new Button("continue:" + answer.id().value(), texts.say("button.continue")));
    }
    return buttons;
  }

  /** While the answer waits or grows: the way out. */
  static List<Button> whileRunning(long reply, String labelKey, Texts texts) {
    return List.of(new Button("stop:" + reply, texts.say(labelKey)));
  }
}
