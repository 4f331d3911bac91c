package dev.parley.chat;

import dev.parley.conversation.Message;
import dev.parley.conversation.MessageId;
import dev.parley.language.Texts;
import dev.parley.learning.ComparisonId;
import dev.parley.model.FinishReason;
import dev.parley.platform.Button;
import java.util.ArrayList;
import java.util.List;

/**
 * The buttons under an answer; each id begins with the name of the command, or of what else takes
 * the press.
 */
final class AnswerButtons {
  private AnswerButtons() {}

  /**
   * Under a finished answer: what it is worth, another one, on where it was cut, what was thought
   * before it, and the way to its alternatives.
   *
   * @param thought whether the model thought before it
   * @param siblings the answer and its alternatives, by age
   */
  static List<List<Button>> under(
      Message answer, boolean thought, List<MessageId> siblings, Texts texts) {
    List<Button> first = new ArrayList<>();
    first.add(new Button("rate:up:" + answer.id().value(), "👍"));
    first.add(new Button("rate:down:" + answer.id().value(), "👎"));
    first.add(new Button("regenerate:again:" + answer.id().value(), "↻"));
    if (answer.generation().map(g -> g.finishReason() == FinishReason.LENGTH).orElse(false)) {
      first.add(new Button("continue:" + answer.id().value(), texts.say("button.continue")));
    }
    if (thought) {
      first.add(thought(answer.id()));
    }
    return siblings.size() > 1 ? List.of(first, walk(answer, siblings)) : List.of(first);
  }

  private static List<Button> walk(Message answer, List<MessageId> siblings) {
    List<Button> walk = new ArrayList<>();
    int index = siblings.indexOf(answer.id());
    if (index > 0) {
      walk.add(show(siblings.get(index - 1), "‹"));
    }
    walk.add(show(answer.id(), (index + 1) + "/" + siblings.size()));
    if (index + 1 < siblings.size()) {
      walk.add(show(siblings.get(index + 1), "›"));
    }
    return walk;
  }

  /**
   * Under what is said instead of an answer: another try, what was thought before there was none,
   * and the way back to what stood there.
   *
   * @param thought whether the model thought
   * @param siblings the alternatives that do have a text
   */
  static List<List<Button>> insteadOf(
      MessageId answer, boolean thought, List<MessageId> siblings, Texts texts) {
    List<Button> buttons = new ArrayList<>();
    buttons.add(new Button("regenerate:again:" + answer.value(), texts.say("button.try-again")));
    if (thought) {
      buttons.add(thought(answer));
    }
    if (!siblings.isEmpty()) {
      buttons.add(show(siblings.getLast(), "‹"));
    }
    return List.of(buttons);
  }

  private static Button thought(MessageId answer) {
    return new Button("thought:" + answer.value(), "💭");
  }

  private static Button show(MessageId answer, String label) {
    return new Button("regenerate:show:" + answer.value(), label);
  }

  /** Where a second answer was written for somebody to compare. */
  static List<List<Button>> comparing(ComparisonId comparison, Texts texts) {
    return List.of(
        List.of(
            new Button("compare:show:" + comparison.value(), texts.say("button.compare")),
            new Button("compare:later:" + comparison.value(), texts.say("button.not-now"))));
  }

  /** While the answer waits or grows: the way out. */
  static List<List<Button>> whileRunning(long reply, String labelKey, Texts texts) {
    return List.of(List.of(new Button("stop:" + reply, texts.say(labelKey))));
  }
}
