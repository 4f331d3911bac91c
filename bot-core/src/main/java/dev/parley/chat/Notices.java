package dev.parley.chat;

import dev.parley.conversation.PlatformMessages;
import dev.parley.language.Texts;
import dev.parley.learning.ComparisonId;
import dev.parley.platform.Button;
import dev.parley.platform.PlaceId;
import dev.parley.platform.PlatformException;
import dev.parley.platform.ReplyChannel;
import dev.parley.reply.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is said beside answers, or instead of them. Nothing of it is stored: where it cannot be said
 * it is left, as nobody waits for it. Thread-safe.
 */
public final class Notices {
  private static final Logger log = LoggerFactory.getLogger(Notices.class);

  private final PlatformMessages messages;
  private final Languages languages;
  private final Channels channels;
  private final Set<Thread> saying = ConcurrentHashMap.newKeySet();

  Notices(PlatformMessages messages, Languages languages, Channels channels) {
    this.messages = messages;
    this.languages = languages;
    this.channels = channels;
  }

  /** Begins to say something in a place of which nobody asked just now. */
  public void say(PlaceId place, String text) {
    refuse(place, Optional.empty(), text, List.of());
  }

  /**
   * Begins to say why there is no answer, where the answer would have stood.
   *
   * @param platformQuestion the platform's id of the message to refer to
   */
  public void refuse(
      PlaceId place, Optional<String> platformQuestion, String why, List<List<Button>> buttons) {
    begin(channels.open(place, platformQuestion), why, buttons);
  }

  /**
   * Asks a reply's person, under its answer, to compare that with another one, and waits for it.
   */
  public void invite(Reply reply, ComparisonId comparison) {
    List<String> shown = messages.showing(reply.answer());
    if (shown.isEmpty()) {
      return;
    }
    Texts texts = languages.of(reply.person(), reply.place());
    ReplyChannel channel = channels.open(reply.place(), Optional.of(shown.getLast()));
    post(
        channel,
        texts.say("comparison.invitation"),
        AnswerButtons.comparing(comparison, texts),
        "comparison-" + comparison.value(),
        true);
  }

  private void begin(ReplyChannel channel, String text, List<List<Button>> buttons) {
    Thread thread =
        Thread.ofVirtual()
            .unstarted(
                () -> {
                  try {
                    post(channel, text, buttons, "note-" + UUID.randomUUID(), false);
                  } finally {
                    saying.remove(Thread.currentThread());
                  }
                });
    saying.add(thread);
    thread.start();
  }

  /**
   * @param besideAnswer whether an answer stands there too
   */
  private static void post(
      ReplyChannel channel,
      String text,
      List<List<Button>> buttons,
      String nonce,
      boolean besideAnswer) {
    boolean said = false;
    try {
      channel.post(channel.format(text), buttons, nonce);
      said = true;
    } catch (PlatformException e) {
      log.warn("A note could not be delivered: {}", e.getMessage());
    } finally {
      channel.finished(said && besideAnswer);
    }
  }

  /**
   * Waits until all of it is said.
   *
   * @param longest for all together; where nothing is left of it, only looks
   */
  void awaitEnd(Duration longest) {
    long start = System.nanoTime();
    for (Thread thread : saying) {
      try {
        if (!thread.join(longest.minusNanos(System.nanoTime() - start))) {
          log.warn("What is said instead of an answer is still being delivered");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
