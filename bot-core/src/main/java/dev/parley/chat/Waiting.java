package dev.parley.chat;

import dev.parley.language.Texts;
import dev.parley.reply.ReplyId;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a reply stands.
 *
 * @param reply which one
 * @param position 1 is next; 0 is being written
 * @param estimate how long until its first words, where that can be told
 */
public record Waiting(ReplyId reply, int position, Optional<Duration> estimate) {

  /** The line a person reads. */
  public String line(Texts texts) {
    if (position == 0) {
      return texts.say("queue.running");
    }
    return estimate
        .map(wait -> texts.say("queue.waiting", position, Math.max(1, wait.toSeconds())))
        .orElseGet(() -> texts.say("queue.waiting-unknown", position));
  }
}
