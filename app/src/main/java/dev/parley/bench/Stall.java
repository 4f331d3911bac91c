package dev.parley.bench;

import dev.parley.model.ChatMessage;
import dev.parley.model.Generation;
import java.util.ArrayList;
import java.util.List;

/** What a long prompt does to somebody whose answer is being written, and the other way round. */
final class Stall implements Measure {
  private static final int PROMPT = 1_600;
  private static final int QUESTION = 40;

  @Override
  public String name() {
    return "stall";
  }

  @Override
  public Result run(Subject subject) {
    if (subject.slots() < 2) {
      return new Result(name(), List.of(), List.of(subject.tooFewSlots(2)));
    }
    int tokens = Math.min(PROMPT, subject.context() - 2);
    double alone =
        subject.median(() -> subject.answer(longPrompt(subject, tokens), 1).secondsToFirstToken());
    List<Double> beside = new ArrayList<>();
    double gap =
        subject.median(
            () -> {
              Running running = new Running();
              Generation streaming =
                  subject.start(
                      List.of(ChatMessage.user(subject.words().of(QUESTION))),
                      subject.context(),
                      running);
              running.awaitText(streaming);
              long from = System.nanoTime();
              beside.add(subject.answer(longPrompt(subject, tokens), 1).secondsToFirstToken());
              long to = System.nanoTime();
              streaming.cancel();
              return longestGap(running.await(streaming).pieces(), from, to);
            });
    beside.sort(null);
    String of = "first token of %,d tokens, ".formatted(tokens);
    return new Result(
        name(),
        List.of(
            new Figure("longest gap beside %,d tokens".formatted(tokens), 2, gap, Unit.SECONDS),
            new Figure(of + "beside it", 2, beside.get(beside.size() / 2), Unit.SECONDS),
            new Figure(of + "alone", 1, alone, Unit.SECONDS)),
        List.of());
  }

  private static List<ChatMessage> longPrompt(Subject subject, int tokens) {
    return List.of(ChatMessage.user(subject.words().of(tokens)));
  }

  /** Between two pieces, of which one at least came in this span of time. */
  private static double longestGap(List<Long> pieces, long from, long to) {
    long longest = 0;
    for (int i = 1; i < pieces.size(); i++) {
      if (pieces.get(i) > from && pieces.get(i - 1) < to) {
        longest = Math.max(longest, pieces.get(i) - pieces.get(i - 1));
      }
    }
    return longest / 1e9;
  }
}
