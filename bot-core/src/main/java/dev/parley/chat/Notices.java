package dev.parley.chat;

import dev.parley.platform.Button;
import dev.parley.platform.PlatformException;
import dev.parley.platform.ReplyChannel;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is said instead of answers, each by a virtual thread of its own. Nothing of it is stored:
 * where it cannot be said it is left. Thread-safe.
 */
final class Notices {
  private static final Logger log = LoggerFactory.getLogger(Notices.class);

  private final Set<Thread> saying = ConcurrentHashMap.newKeySet();

  /** Begins to say it. */
  void say(ReplyChannel channel, String text, List<List<Button>> buttons) {
    Thread thread =
        Thread.ofVirtual()
            .unstarted(
                () -> {
                  try {
                    post(channel, text, buttons);
                  } finally {
                    saying.remove(Thread.currentThread());
                  }
                });
    saying.add(thread);
    thread.start();
  }

  private static void post(ReplyChannel channel, String text, List<List<Button>> buttons) {
    try {
      channel.post(channel.format(text), buttons, "note-" + UUID.randomUUID());
    } catch (PlatformException e) {
      log.warn("A note could not be delivered: {}", e.getMessage());
    }
    channel.finished(false);
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
