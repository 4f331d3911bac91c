package dev.parley.telegram;

import dev.parley.format.FormattedText;
import dev.parley.platform.Button;
import dev.parley.platform.PlatformException;
import dev.parley.platform.ReplyChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A reply into one chat. Confined to one thread at a time. */
final class TelegramChannel implements ReplyChannel {
  private final Outbox outbox;
  private Chat chat;
  private final Optional<Integer> question;
  private boolean posted;
  private boolean drafts;

  /** The same for all of a growing answer; Telegram asks for one that is not 0. */
  private final int draftId = RandomGenerator.getDefault().nextInt(1, Integer.MAX_VALUE);

  /** What stands in the supergroup for messages of the group that it was. */
  private final Map<String, Integer> moved = new HashMap<>();

  /**
   * Makes a channel.
   *
   * @param question the message that the first part replies to
   * @param drafts whether an answer in a private chat grows as a draft
   */
  TelegramChannel(Outbox outbox, Chat chat, Optional<Integer> question, boolean drafts) {
    this.outbox = outbox;
    this.chat = chat;
    this.question = question;
    this.drafts = drafts;
  }

  @Override
  public void typing() {
    outbox.typing(chat);
  }

  @Override
  public String post(FormattedText text, List<List<Button>> buttons, String nonce)
      throws PlatformException {
    int message = send(text, buttons, nonce);
    posted = true;
    return Integer.toString(message);
  }

  private int send(FormattedText text, List<List<Button>> buttons, String nonce)
      throws PlatformException {
    Optional<Integer> replyTo = posted || chat.isPrivate() ? Optional.empty() : question;
    try {
      return outbox.post(chat, replyTo, text, buttons, nonce);
    } catch (ChatMovedException e) {
      chat = e.to();
      posted = true; // the question has another number there
      return outbox.post(chat, Optional.empty(), text, buttons, nonce);
    }
  }

  @Override
  public boolean draft(FormattedText text) throws PlatformException {
    if (!drafts || !chat.isPrivate()) {
      return false;
    }
    try {
      outbox.draft(chat, draftId, text);
      return true;
    } catch (PlatformException e) {
      if (e.kind() != PlatformException.Kind.REFUSED) {
        throw e;
      }
      drafts = false; // Telegram has none for this chat
      return false;
    }
  }

  @Override
  public void edit(String messageId, FormattedText text, List<List<Button>> buttons)
      throws PlatformException {
    posted = true;
    try {
      int id = moved.getOrDefault(messageId, Integer.valueOf(messageId));
      outbox.edit(chat, id, text, buttons);
    } catch (ChatMovedException e) {
      chat = e.to();
      moved.put(messageId, send(text, buttons, "moved-" + chat.chatId() + "-" + messageId));
    }
  }

  @Override
  public void startOver() {
    posted = false;
  }

  @Override
  public void delete(String messageId) throws PlatformException {
    outbox.delete(chat, moved.getOrDefault(messageId, Integer.valueOf(messageId)));
  }

  @Override
  public void pause(Duration duration) throws InterruptedException {
    outbox.pause(duration);
  }

  @Override
  public void finished(boolean answered) {}
}
