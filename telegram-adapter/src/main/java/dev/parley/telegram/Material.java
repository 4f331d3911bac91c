package dev.parley.telegram;

import dev.parley.platform.IncomingMessage.Attachment;
import dev.parley.platform.IncomingMessage.Quotation;
import dev.parley.platform.IncomingMessage.Quotation.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.telegram.telegrambots.meta.api.objects.Document;
import org.telegram.telegrambots.meta.api.objects.ExternalReplyInfo;
import org.telegram.telegrambots.meta.api.objects.User;
import org.telegram.telegrambots.meta.api.objects.chat.Chat;
import org.telegram.telegrambots.meta.api.objects.message.Message;
import org.telegram.telegrambots.meta.api.objects.messageorigin.MessageOrigin;
import org.telegram.telegrambots.meta.api.objects.messageorigin.MessageOriginChannel;
import org.telegram.telegrambots.meta.api.objects.messageorigin.MessageOriginChat;
import org.telegram.telegrambots.meta.api.objects.messageorigin.MessageOriginHiddenUser;
import org.telegram.telegrambots.meta.api.objects.messageorigin.MessageOriginUser;

/** What comes with people's messages: the words they refer to, and files. Immutable. */
record Material(BotApi api) {
  /** What a message replies to or quotes, or its own words where they are forwarded. */
  static List<Quotation> quotations(Message message) {
    List<Quotation> quotations = new ArrayList<>();
    Optional<Message> replied = Incoming.repliedTo(message);
    Optional<MessageOrigin> elsewhere =
        Optional.ofNullable(message.getExternalReplyInfo()).map(ExternalReplyInfo::getOrigin);
    if (message.getQuote() != null) {
      String author =
          replied.map(Material::author).or(() -> elsewhere.map(Material::author)).orElse("");
      quotations.add(new Quotation(Kind.QUOTED, author, message.getQuote().getText()));
    } else {
      replied
          .filter(other -> !Incoming.words(other).isBlank())
          .ifPresent(
              other ->
                  quotations.add(
                      new Quotation(Kind.REPLIED_TO, author(other), Incoming.words(other))));
    }
    if (Gathering.isForward(message) && !Incoming.words(message).isBlank()) {
      quotations.add(
          new Quotation(
              Kind.FORWARDED, author(message.getForwardOrigin()), Incoming.words(message)));
    }
    return quotations;
  }

  /** A message's own file, or that of the message it replies to. */
  List<Attachment> attachments(Message message) {
    List<Attachment> attachments = new ArrayList<>();
    Incoming.repliedTo(message)
        .filter(Message::hasDocument)
        .ifPresent(other -> attachments.add(file(other.getDocument())));
    if (message.hasDocument()) {
      attachments.add(file(message.getDocument()));
    } else if (isMedia(message)) {
      attachments.add(Attachment.media());
    }
    return attachments;
  }

  private Attachment file(Document document) {
    long bytes = document.getFileSize() == null ? 0 : document.getFileSize();
    String name = Optional.ofNullable(document.getFileName()).orElse("");
    return new Attachment(
        name.isBlank() ? "file" : name, bytes, () -> api.download(document.getFileId()));
  }

  private static boolean isMedia(Message message) {
    return message.hasPhoto()
        || message.hasVoice()
        || message.hasVideo()
        || message.hasVideoNote()
        || message.hasAudio()
        || message.hasAnimation()
        || message.hasSticker()
        || message.hasContact()
        || message.hasLocation()
        || message.hasPoll();
  }

  private static String author(Message message) {
    return message.getSenderChat() != null
        ? title(message.getSenderChat())
        : message.getFrom() == null ? "" : name(message.getFrom());
  }

  private static String author(MessageOrigin origin) {
    return switch (origin) {
      case MessageOriginUser user -> name(user.getSenderUser());
      case MessageOriginHiddenUser hidden -> hidden.getSenderUserName();
      case MessageOriginChat chat -> title(chat.getSenderChat());
      case MessageOriginChannel channel -> title(channel.getChat());
      default -> "";
    };
  }

  private static String title(Chat chat) {
    return Optional.ofNullable(chat.getTitle()).orElse("");
  }

  static String name(User user) {
    return (user.getFirstName() + " " + Optional.ofNullable(user.getLastName()).orElse("")).strip();
  }
}
