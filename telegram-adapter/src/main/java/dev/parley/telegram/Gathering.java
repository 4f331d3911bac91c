package dev.parley.telegram;

import java.time.Duration;
import java.util.Optional;
import org.telegram.telegrambots.meta.api.objects.Update;
import org.telegram.telegrambots.meta.api.objects.User;
import org.telegram.telegrambots.meta.api.objects.message.Message;

/**
 * What people send as one and Telegram delivers as several: a long text, which their app cuts at
 * the length of a message; an album; messages that are forwarded together, with a comment or not.
 */
final class Gathering {
  /** How long the next piece may take. */
  static final Duration PATIENCE = Duration.ofSeconds(1);

  /** Apps cut at a word, somewhat before the limit. */
  private static final int LONG = Limits.MESSAGE_LENGTH - 200;

  /** Between pieces, in the whole seconds that Telegram tells. */
  private static final int APART = 2;

  private Gathering() {}

  /** Whether another piece is likely to follow. */
  static boolean mayGoOn(Update update) {
    Message message = update.getMessage();
    return message != null
        && !Incoming.isCommand(message)
        && (message.getMediaGroupId() != null || isLong(message) || isForward(message));
  }

  /** Whether an update is the next piece after another one. */
  static boolean goesOn(Update last, Update next) {
    return last.hasMessage() && next.hasMessage() && goesOn(last.getMessage(), next.getMessage());
  }

  static boolean goesOn(Message last, Message next) {
    if (!author(last).equals(author(next))
        || author(next).isEmpty()
        || !Incoming.chat(last).equals(Incoming.chat(next))
        || Math.abs(next.getDate() - last.getDate()) > APART
        || Incoming.isCommand(last)
        || Incoming.isCommand(next)) {
      return false;
    }
    if (last.getMediaGroupId() != null || next.getMediaGroupId() != null) {
      return last.getMediaGroupId() != null
          && last.getMediaGroupId().equals(next.getMediaGroupId());
    }
    return isForward(next)
        || (isLong(last) && !isForward(last) && next.hasText() && next.getReplyToMessage() == null);
  }

  static boolean isForward(Message message) {
    return message.getForwardOrigin() != null;
  }

  /** Whether a text was cut where a word may go on. */
  static boolean isCutHard(String text) {
    return text.length() == Limits.MESSAGE_LENGTH;
  }

  private static boolean isLong(Message message) {
    return message.hasText() && message.getText().length() >= LONG;
  }

  private static Optional<Long> author(Message message) {
    return Optional.ofNullable(message.getFrom()).map(User::getId);
  }
}
