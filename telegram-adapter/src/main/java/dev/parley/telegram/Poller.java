package dev.parley.telegram;

import dev.parley.platform.PlatformException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.methods.updates.DeleteWebhook;
import org.telegram.telegrambots.meta.api.objects.Update;

/**
 * Asks Telegram for updates, one request after the other, on a thread of its own that no failure
 * ends. A request confirms what the one before it brought, so it is sent once that is on the disk.
 *
 * <p>What fails is said once until it was well again, and tried less and less often.
 */
final class Poller implements UpdateSource {
  private static final Logger log = LoggerFactory.getLogger(Poller.class);

  /** The pauses are between the half and the whole of 2 s, 4 s and so on up to this. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  /** Two bots that push each other out are both served now and then: still one line. */
  private static final Duration SAID_LATELY = Duration.ofMinutes(10);

  private static final int NONE = -1;
  private static final int OUR_SIDE = 1;

  private static final Duration END = Duration.ofSeconds(10);

  private final BotApi api;
  private final Intake intake;
  private final Duration hold;
  private final List<String> wanted;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Timing.Sleeper sleep;
  private final Thread thread =
      Thread.ofVirtual().name("telegram-polling").unstarted(this::pollUntilClosed);

  // confined to the thread
  private boolean webhookIsGone;
  private int offset;
  private int failures;

  /** What failed last: Telegram's number, 0 for the network, or one of those above. */
  private int said = NONE;

  private Instant saidAt = Instant.MIN;
  private boolean saidNow;

  /**
   * A poller that does not poll yet.
   *
   * @param hold how long Telegram may keep a request while there is nothing
   * @param wanted the kinds of updates
   */
  Poller(
      BotApi api,
      Intake intake,
      Duration hold,
      List<String> wanted,
      InstantSource clock,
      RandomGenerator random,
      Timing.Sleeper sleep) {
    this.api = api;
    this.intake = intake;
    this.hold = hold;
    this.wanted = wanted;
    this.clock = clock;
    this.random = random;
    this.sleep = sleep;
  }

  @Override
  public void start() {
    thread.start();
  }

  private void pollUntilClosed() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Duration pause = poll();
        if (pause.isPositive() && !Thread.currentThread().isInterrupted()) {
          sleep.sleep(pause);
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** Asks once; returns how long to wait then. */
  private Duration poll() {
    try {
      if (!webhookIsGone) { // Telegram answers only one of the two ways
        api.call(DeleteWebhook.builder().dropPendingUpdates(false).build());
        webhookIsGone = true;
      }
      List<Update> updates = api.call(new PolledUpdates(offset, hold, wanted));
      intake.take(updates);
      updates.forEach(update -> offset = Math.max(offset, update.getUpdateId() + 1));
      recovered();
      return Duration.ZERO;
    } catch (PlatformException e) {
      return Thread.currentThread().isInterrupted()
          ? Duration.ZERO
          : failed(trouble(e), sentence(e), e.retryAfter());
    } catch (RuntimeException | Error e) { // most likely the disk, of which the message tells
      return failed(OUR_SIDE, "Updates cannot be taken and wait: " + e, Duration.ZERO);
    }
  }

  /** A server that fails and a network that fails come mixed. */
  private static int trouble(PlatformException e) {
    return BotApi.code(e) >= 500 ? 0 : BotApi.code(e);
  }

  private static String sentence(PlatformException e) {
    return switch (BotApi.code(e)) {
      case 401, 404 ->
          "Telegram does not know this bot's token any more: get the new one from @BotFather and"
              + " start again.";
      case 409 ->
          String.valueOf(e.getMessage()).contains("webhook")
              ? "Somebody set a webhook for this bot, which then takes its updates: another program"
                  + " uses the same token."
              : "Another program asks for this bot's updates with the same token, and Telegram"
                  + " serves only one: stop it, or give one of the two its own bot.";
      default -> "Telegram gives no updates and is asked again: " + e.getMessage();
    };
  }

  private Duration failed(int trouble, String sentence, Duration atLeast) {
    Instant now = clock.instant();
    boolean saidLately = failures > 0 || now.isBefore(saidAt.plus(SAID_LATELY));
    if (trouble != said || !saidLately) {
      log.warn(sentence);
      said = trouble;
      saidAt = now;
      saidNow = true;
    }
    failures++;
    Duration pause = pause(failures, random);
    return pause.compareTo(atLeast) > 0 ? pause : atLeast;
  }

  /** How long to wait after so many failures in a row. */
  static Duration pause(int failures, RandomGenerator random) {
    long longest = Math.min(LONGEST_PAUSE.toMillis(), 1_000L << Math.min(failures, 10));
    return Duration.ofMillis(random.nextLong(longest / 2, longest));
  }

  private void recovered() {
    if (saidNow) {
      log.info("Telegram gives updates again");
    }
    saidNow = false;
    failures = 0;
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      if (!thread.join(END)) {
        log.warn("The poller is still busy");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
