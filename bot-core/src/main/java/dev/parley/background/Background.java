package dev.parley.background;

import dev.parley.chat.Answering;
import dev.parley.chat.Moderation;
import dev.parley.chat.Prompter;
import dev.parley.conversation.Beginnings;
import dev.parley.conversation.ConversationStore;
import dev.parley.conversation.MessageTree;
import dev.parley.learning.ComparisonStore;
import dev.parley.model.LanguageModel;
import dev.parley.model.SamplingOptions;
import dev.parley.privacy.Erasure;
import dev.parley.privacy.Retention;
import dev.parley.queue.GenerationQueue;
import dev.parley.reply.ReplyStore;
import dev.parley.settings.Settings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then for something to do while nobody waits, and does one thing at a time. Rounds
 * run on the one thread of its scheduler.
 */
public final class Background implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Background.class);
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final Duration END = Duration.ofSeconds(10);

  /** Between two looks at what is older than it may be. */
  private static final Duration SWEEP = Duration.ofHours(6);

  private static final Duration FIRST_SWEEP = Duration.ofMinutes(1);

  private final ScheduledExecutorService scheduler;
  private final Summaries summaries;
  private final Titles titles;
  private final Comparisons comparisons;
  private final Retention retention;
  private final Erasure erasure;
  private final LanguageModel model;

  /**
   * @param brief whether the model is too small for such work: then texts are cut out instead
   * @param contextTokens most tokens of prompt and answer together
   * @param scheduler with one thread; closed with this
   */
  public Background(
      ScheduledExecutorService scheduler,
      Beginnings beginnings,
      ConversationStore conversations,
      MessageTree tree,
      ReplyStore replies,
      ComparisonStore comparisons,
      Settings settings,
      Moderation moderation,
      Retention retention,
      Erasure erasure,
      Prompter prompter,
      Answering answering,
      GenerationQueue queue,
      LanguageModel model,
      boolean brief,
      SamplingOptions sampling,
      int contextTokens,
      RandomGenerator random,
      InstantSource clock) {
    this.scheduler = scheduler;
    this.retention = retention;
    this.erasure = erasure;
    this.model = model;
    QuietModel quiet = new QuietModel(queue, model, sampling, contextTokens);
    this.summaries = new Summaries(beginnings, quiet, brief, clock);
    this.titles = new Titles(conversations, tree, quiet, brief, clock);
    this.comparisons =
        new Comparisons(
            comparisons,
            replies,
            tree,
            settings,
            moderation,
            prompter,
            quiet,
            answering,
            random,
            clock);
  }

  /** From now on rounds happen by themselves. */
  public void start() {
    var _ =
        scheduler.scheduleWithFixedDelay(
            this::round, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    var _ =
        scheduler.scheduleWithFixedDelay(
            this::sweep, FIRST_SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Deletes what is older than people and places let it be. */
  public void sweep() {
    try {
      int deleted = retention.sweep();
      erasure.sweep();
      if (deleted > 0) {
        model.forget();
        log.info("{} messages were older than they may be, and are deleted", deleted);
      }
    } catch (RuntimeException | Error e) { // nothing that is thrown may end the schedule
      log.warn("What is too old could not be deleted: {}", e.getClass().getName());
    }
  }

  /**
   * Does the next thing and waits for it: a summary that a conversation misses, else a comparison
   * that is due, else a title.
   *
   * @return whether there was something to do
   */
  public boolean round() {
    try {
      return summaries.writeOne() || comparisons.offerOne() || titles.writeOne();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) { // nothing that is thrown may end the schedule
      log.warn("A round of background work failed: {}", e.getClass().getName());
    }
    return false;
  }

  /** Ends what runs; what it was for is still missing, and found again after the next start. */
  @Override
  public void close() {
    scheduler.shutdownNow();
    try {
      scheduler.awaitTermination(END.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
