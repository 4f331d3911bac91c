package dev.parley.telegram;

import dev.parley.format.FormattedText;
import dev.parley.platform.Button;
import dev.parley.platform.PlatformException;
import dev.parley.platform.ReplyChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A reply into one chat. Confined to one thread at a time. */
final class TelegramChannel implements ReplyChannel {
  private final Outbox outbox;
  private final Chat chat;
  private final Optional<Integer> question;
  private boolean posted;

  /**
   * Makes a channel.
   *
   * @param question the message that the first part replies to
   */
  TelegramChannel(Outbox outbox, Chat chat, Optional<Integer> question) {
    this.outbox = outbox;
    this.chat = chat;
    this.question = question;
  }

  @Override
  public void typing() {
    outbox.typing(chat);
  }

  @Override
  public String post(FormattedText text, List<Button> buttons, String nonce)
      throws PlatformException {
    Optional<Integer> replyTo = posted || chat.isPrivate() ? Optional.empty() : question;
    int message = outbox.post(chat, replyTo, text, List.of(buttons), nonce);
    posted = true;
    return Integer.toString(message);
  }

  @Override
  public void edit(String messageId, FormattedText text, List<Button> buttons)
      throws PlatformException {
    posted = true;
    outbox.edit(chat, Integer.parseInt(messageId), text, List.of(buttons));
  }

  @Override
  public void delete(String messageId) throws PlatformException {
    outbox.delete(chat, Integer.parseInt(messageId));
  }

  @Override
  public void pause(Duration duration) throws InterruptedException {
    outbox.pause(duration);
  }

  @Override
  public void finished(boolean answered) {}
}
