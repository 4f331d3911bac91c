package dev.parley.background;

import dev.parley.background.QuietModel.Outcome;
import dev.parley.chat.Answering;
import dev.parley.chat.Moderation;
import dev.parley.chat.Prompter;
import dev.parley.conversation.Message;
import dev.parley.conversation.MessageTree;
import dev.parley.learning.Candidate;
import dev.parley.learning.ComparisonStore;
import dev.parley.model.FinishReason;
import dev.parley.model.GenerationOptions;
import dev.parley.model.GenerationResult;
import dev.parley.reply.Reply;
import dev.parley.reply.ReplyStore;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Now and then writes a second answer for somebody who agreed to learning, and asks them which one
 * is better. Confined to the background's thread.
 */
final class Comparisons {
  /** After that nobody looks at the answer any more. */
  private static final Duration FRESH = Duration.ofMinutes(10);

  private static final int LOOKED_AT = 20;

  private final ComparisonStore comparisons;
  private final ReplyStore replies;
  private final MessageTree tree;
  private final Settings settings;
  private final Moderation moderation;
  private final Prompter prompter;
  private final QuietModel model;
  private final Answering answering;
  private final RandomGenerator random;
  private final InstantSource clock;
  private final Resting resting;

  Comparisons(
      ComparisonStore comparisons,
      ReplyStore replies,
      MessageTree tree,
      Settings settings,
      Moderation moderation,
      Prompter prompter,
      QuietModel model,
      Answering answering,
      RandomGenerator random,
      InstantSource clock) {
    this.comparisons = comparisons;
    this.replies = replies;
    this.tree = tree;
    this.settings = settings;
    this.moderation = moderation;
    this.prompter = prompter;
    this.model = model;
    this.answering = answering;
    this.random = random;
    this.clock = clock;
    this.resting = new Resting(clock);
  }

  /** Offers one, while nobody wants anything; returns whether one was due. */
  boolean offerOne() throws InterruptedException {
    if (!model.idle()) {
      return false;
    }
    Optional<Reply> due =
        comparisons.candidates(clock.instant().minus(FRESH), LOOKED_AT).stream()
            .flatMap(candidate -> due(candidate).stream())
            .findFirst();
    if (due.isEmpty()) {
      return false;
    }
    offer(due.get());
    return true;
  }

  private Optional<Reply> due(Candidate candidate) {
    return replies
        .find(candidate.reply())
        .filter(reply -> !resting.rests(reply.conversation()))
        .filter(
            reply -> {
              int every = settings.resolve(Setting.COMPARISONS, reply.place()).value();
              return every > 0 && candidate.answers() >= every;
            });
  }

  private void offer(Reply reply) throws InterruptedException {
    GenerationOptions options = prompter.optionsOfAnother(reply);
    switch (model.ask(prompter.prompt(reply, options).messages(), options)) {
      case Outcome.Text(String text, GenerationResult result, String version)
          when isWhole(result)
              && isAnother(reply, text)
              && moderation.look(reply.place(), text).isEmpty() ->
          comparisons
              .offer(
                  reply.answer(),
                  reply.person(),
                  text,
                  new Message.Origin(
                      version,
                      result.promptTokens(),
                      result.generatedTokens(),
                      result.finishReason()),
                  random.nextBoolean())
              .ifPresent(offered -> answering.notices().invite(reply, offered.id()));
      case Outcome.GivenUp() -> {} // looked at again in the next round
      case Outcome.Text _, Outcome.Failed _ -> resting.rest(reply.conversation());
    }
  }

  private static boolean isWhole(GenerationResult result) {
    return result.finishReason() == FinishReason.END
        || result.finishReason() == FinishReason.STOP_TEXT;
  }

  private boolean isAnother(Reply reply, String text) {
    return !text.isBlank()
        && tree.find(reply.answer()).filter(given -> !given.text().equals(text)).isPresent();
  }
}
