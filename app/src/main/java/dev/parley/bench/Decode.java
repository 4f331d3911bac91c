package dev.parley.bench;

import dev.parley.model.ChatMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How fast answers are written, all of them together. */
final class Decode implements Measure {
  static final String NAME = "decode";

  private static final int TOKENS = 128;
  private static final int PROMPT = 40;
  private static final int[] PEOPLE = {1, 4, 8, 16, 32};

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Result run(Subject subject) {
    List<Figure> figures = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    for (int people : PEOPLE) {
      if (people > subject.slots()) {
        leftOut.add(subject.tooFewSlots(people));
      } else {
        double speed = subject.median(() -> once(subject, people));
        figures.add(
            new Figure(
                "writing, %d at once".formatted(people), people, speed, Unit.TOKENS_PER_SECOND));
      }
    }
    return new Result(NAME, figures, leftOut);
  }

  /** Tokens a second while all of them write: from the last one's first token to the first end. */
  private static double once(Subject subject, int people) {
    int tokens = Math.min(TOKENS, subject.context() / 2);
    List<Answer> answers =
        subject.answers(
            Stream.generate(() -> List.of(ChatMessage.user(subject.words().of(PROMPT))))
                .limit(people)
                .toList(),
            tokens);
    List<Answer> written = answers.stream().filter(one -> !one.pieces().isEmpty()).toList();
    long from = written.stream().mapToLong(one -> one.pieces().getFirst()).max().orElse(0);
    long to = written.stream().mapToLong(one -> one.pieces().getLast()).min().orElse(0);
    if (to <= from) { // too quick, or one began after another's end
      from = written.stream().mapToLong(one -> one.pieces().getFirst()).min().orElse(0) - 1;
      to = written.stream().mapToLong(one -> one.pieces().getLast()).max().orElse(0);
    }
    double sum = 0;
    for (Answer answer : written) {
      sum += answer.tokensBetween(from, to);
    }
    return sum * 1e9 / Math.max(1, to - from);
  }
}
