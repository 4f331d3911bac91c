package dev.parley.bench;

import dev.parley.model.ChatMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How long newcomers wait for their first token when they come together. */
final class Burst implements Measure {
  private static final int PROMPT = 200;
  private static final int SYSTEM_PROMPT = 350;
  private static final int QUESTION = 60;
  private static final int[] PEOPLE = {4, 8, 16};
  private static final int SHARING = 16;

  @Override
  public String name() {
    return "burst";
  }

  @Override
  public Result run(Subject subject) {
    List<Figure> figures = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    for (int people : PEOPLE) {
      String what = "first token, %d newcomers".formatted(people);
      if (people > subject.slots()) {
        leftOut.add(subject.tooFewSlots(people));
      } else if (PROMPT >= subject.context()) {
        leftOut.add(subject.tooLittleContext(what, PROMPT));
      } else {
        figures.add(new Figure(what, people, different(subject, people), Unit.SECONDS));
      }
    }
    String what = "first token, %d with one system prompt".formatted(SHARING);
    if (SHARING > subject.slots()) {
      leftOut.add(subject.tooFewSlots(SHARING) + ", with one system prompt");
    } else if (SYSTEM_PROMPT + QUESTION >= subject.context()) {
      leftOut.add(subject.tooLittleContext(what, SYSTEM_PROMPT + QUESTION));
    } else {
      figures.add(new Figure(what, SHARING, sharing(subject), Unit.SECONDS));
    }
    return new Result(name(), figures, leftOut);
  }

  private static double different(Subject subject, int people) {
    return subject.median(
        () ->
            mean(
                subject,
                Stream.generate(() -> List.of(ChatMessage.user(subject.words().of(PROMPT))))
                    .limit(people)
                    .toList()));
  }

  private static double sharing(Subject subject) {
    return subject.median(
        () -> {
          ChatMessage system = ChatMessage.system(subject.words().of(SYSTEM_PROMPT));
          return mean(
              subject,
              Stream.generate(() -> List.of(system, ChatMessage.user(subject.words().of(QUESTION))))
                  .limit(SHARING)
                  .toList());
        });
  }

  private static double mean(Subject subject, List<List<ChatMessage>> prompts) {
    return subject.answers(prompts, 1).stream()
        .mapToDouble(Answer::secondsToFirstToken)
        .average()
        .orElseThrow();
  }
}
