package dev.parley.discord;

import dev.parley.format.FormattedText;
import dev.parley.platform.Button;
import dev.parley.platform.OutgoingFile;
import dev.parley.platform.PlatformException;
import dev.parley.platform.ReplyChannel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A reply by ordinary messages in one channel. Confined to one thread at a time. */
final class DiscordChannel implements ReplyChannel {
  private final Outbox outbox;
  private final String channel;
  private final Optional<String> question;
  private boolean posted;
  private final Set<String> withLinks = new LinkedHashSet<>();

  /**
   * Makes a channel.
   *
   * @param question the message that the first part replies to
   */
  DiscordChannel(Outbox outbox, String channel, Optional<String> question) {
    this.outbox = outbox;
    this.channel = channel;
    this.question = question;
  }

  @Override
  public void typing() {
    outbox.typing(channel);
  }

  @Override
  public int length(FormattedText text) {
    return DiscordMarkdown.of(text).length();
  }

  @Override
  public boolean takesFiles() {
    return true;
  }

  @Override
  public String post(FormattedText text, List<List<Button>> buttons, String nonce)
      throws PlatformException {
    Optional<String> replyTo = posted ? Optional.empty() : question;
    String message = outbox.post(channel, replyTo, text, buttons, nonce);
    shown(message, text);
    return message;
  }

  @Override
  public void edit(String messageId, FormattedText text, List<List<Button>> buttons)
      throws PlatformException {
    outbox.edit(channel, messageId, text, buttons);
    shown(messageId, text);
  }

  @Override
  public void attach(
      String messageId, FormattedText text, List<List<Button>> buttons, OutgoingFile file)
      throws PlatformException {
    outbox.attach(channel, messageId, text, buttons, file);
    shown(messageId, text);
  }

  private void shown(String message, FormattedText text) {
    posted = true;
    if (DiscordMarkdown.hasLink(text)) {
      withLinks.add(message);
    } else {
      withLinks.remove(message);
    }
  }

  @Override
  public void startOver() {
    posted = false;
  }

  @Override
  public void delete(String messageId) throws PlatformException {
    outbox.delete(channel, messageId);
    withLinks.remove(messageId);
  }

  @Override
  public void finished(boolean answered) {
    withLinks.forEach(message -> outbox.showPreviews(channel, message));
  }
}
