package dev.parley.command;

import dev.parley.format.Markdown;
import dev.parley.language.Texts;
import dev.parley.learning.Trainer.Kind;
import dev.parley.learning.Trainer.State;
import dev.parley.learning.TrainingPlan;
import java.time.Duration;

/** Where a training stands, for operators to read. */
final class TrainingText {
  private static final long MEGABYTE = 1_000_000;

  private TrainingText() {}

  /** Empty where nothing was begun. */
  static String of(Texts texts, State state) {
    return switch (state) {
      case State.Idle _ -> "";
      case State.Planning planning ->
          texts.say("operator.training.planning", name(planning.kind()));
      case State.Planned planned -> plan(texts, planned.kind(), planned.plan());
      case State.Running running -> running(texts, running);
      case State.Stopped stopped -> texts.say("operator.training.stopped", name(stopped.kind()));
      case State.Ended ended ->
          texts.say("operator.training.ended", name(ended.kind()), "`" + ended.version() + "`");
      case State.NothingToLearn nothing ->
          texts.say("operator.training.nothing", name(nothing.kind()));
      case State.Failed failed ->
          texts.say("operator.training.failed", name(failed.kind()), Markdown.escape(failed.why()));
    };
  }

  private static String name(Kind kind) {
    return "`" + kind.key() + "`";
  }

  private static String plan(Texts texts, Kind kind, TrainingPlan plan) {
    String text =
        texts.say(
            "operator.training.plan",
            name(kind),
            plan.answers(),
            plan.pairs(),
            plan.judged(),
            plan.steps(),
            plan.tokens(),
            time(texts, plan.time()),
            plan.memory() / MEGABYTE,
            plan.free() / MEGABYTE);
    return plan.memory() > plan.free()
        ? text + "\n" + texts.say("operator.training.too-large")
        : text;
  }

  private static String running(Texts texts, State.Running running) {
    String text =
        running.of() == 0
            ? texts.say("operator.training.begins", name(running.kind()), running.stage())
            : texts.say(
                "operator.training.running",
                name(running.kind()),
                running.stage(),
                running.step(),
                running.of());
    if (running.left().isPresent()) {
      text +=
          " · " + texts.say("operator.training.left", time(texts, running.left().orElseThrow()));
    }
    return running.waits() ? text + "\n" + texts.say("operator.training.waits") : text;
  }

  static String time(Texts texts, Duration time) {
    return time.toMinutes() < 2
        ? texts.say("time.seconds", Math.max(1, time.toSeconds()))
        : texts.say("time.minutes", time.toMinutes());
  }
}
