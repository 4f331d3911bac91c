package dev.parley.command;

import dev.parley.chat.Answering;
import dev.parley.conversation.Message;
import dev.parley.conversation.MessageTree;
import dev.parley.learning.Choice;
import dev.parley.learning.Comparison;
import dev.parley.learning.ComparisonId;
import dev.parley.learning.ComparisonStore;
import dev.parley.platform.Response;
import java.util.List;
import java.util.Optional;

/** Which of two answers is better, asked of one person. No command: there is nothing to type. */
final class CompareButtons implements ButtonHandler {
  static final String NAME = "compare";

  private final ComparisonStore comparisons;
  private final MessageTree tree;
  private final Answering answering;
  private final NotYours notYours;

  CompareButtons(
      ComparisonStore comparisons, MessageTree tree, Answering answering, NotYours notYours) {
    this.comparisons = comparisons;
    this.tree = tree;
    this.answering = answering;
    this.notYours = notYours;
  }

  @Override
  public Response press(Asker asker, List<String> words) {
    Optional<Comparison> found =
        Words.number(words, 1).stream()
            .boxed()
            .flatMap(id -> comparisons.find(new ComparisonId(id)).stream())
            .findFirst();
    if (found.isEmpty()) {
      return asker.say("button.old");
    }
    Comparison comparison = found.get();
    Optional<Message> given =
        tree.find(asker.owner(), comparison.answer()).filter(answer -> !answer.deleted());
    if (given.isEmpty()) {
      return notYours.answer(asker, comparison.answer());
    }
    if (!comparison.person().equals(asker.person().id())) {
      return notYours.answer(asker, Optional.of(comparison.person()));
    }
    if (comparison.choice().isPresent()) {
      return asker.say("comparison.chosen");
    }
    return switch (Words.get(words, 0)) {
      case "show" -> show(asker, comparison, given.get());
      case "first" -> choose(asker, comparison, comparison.otherFirst());
      case "second" -> choose(asker, comparison, !comparison.otherFirst());
      case "same" -> choose(asker, comparison, Choice.SAME);
      case "later" -> choose(asker, comparison, Choice.LATER);
      default -> asker.say("button.old");
    };
  }

  private static Response show(Asker asker, Comparison comparison, Message given) {
    boolean swapped = comparison.otherFirst();
    return Response.of(
            asker.texts().say("comparison.question")
                + part(asker, "button.first", swapped ? comparison.other() : given.text())
                + part(asker, "button.second", swapped ? given.text() : comparison.other()))
        .withButtons(
            List.of(
                List.of(
                    asker.button("button.first", NAME, "first", comparison.id().value()),
                    asker.button("button.second", NAME, "second", comparison.id().value())),
                List.of(
                    asker.button("button.same", NAME, "same", comparison.id().value()),
                    asker.button("button.not-now", NAME, "later", comparison.id().value()))));
  }

  private static String part(Asker asker, String headingKey, String answer) {
    return "\n\n**" + asker.texts().say(headingKey) + "**\n\n" + answer;
  }

  private Response choose(Asker asker, Comparison comparison, boolean other) {
    return choose(asker, comparison, other ? Choice.OTHER : Choice.GIVEN);
  }

  /** The better answer takes the other one's place, where nothing else is being written there. */
  private Response choose(Asker asker, Comparison comparison, Choice choice) {
    comparisons
        .choose(comparison.id(), choice)
        .ifPresent(better -> answering.show(better, asker.person().id(), asker.place().id()));
    return asker.say(choice == Choice.LATER ? "comparison.later" : "rating.thanks");
  }
}
