package dev.parley.bench;

import dev.parley.model.ChatMessage;
import java.util.List;

/** How fast a prompt is read. */
final class Prefill implements Measure {
  private static final int TOKENS = 512;

  @Override
  public String name() {
    return "prefill";
  }

  @Override
  public Result run(Subject subject) {
    int tokens = Math.min(TOKENS, subject.context() / 2);
    double speed =
        subject.median(
            () -> {
              String text = subject.words().of(tokens);
              Answer answer = subject.answer(List.of(ChatMessage.user(text)), 1);
              int read = answer.result().promptTokens() - answer.result().cachedTokens();
              long nanos = answer.result().toFirstToken().minus(answer.result().waited()).toNanos();
              return read * 1e9 / Math.max(1, nanos);
            });
    Figure figure =
        new Figure("reading about %d tokens".formatted(tokens), 1, speed, Unit.TOKENS_PER_SECOND);
    return new Result(name(), List.of(figure), List.of());
  }
}
