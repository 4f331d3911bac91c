package dev.parley.telegram;

import dev.parley.format.FormattedText;
import dev.parley.platform.Button;
import dev.parley.platform.OutgoingFile;
import dev.parley.platform.PlatformException;
import dev.parley.platform.PlatformException.Kind;
import java.io.ByteArrayInputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.methods.ActionType;
import org.telegram.telegrambots.meta.api.methods.send.SendChatAction;
import org.telegram.telegrambots.meta.api.methods.send.SendDocument;
import org.telegram.telegrambots.meta.api.methods.send.SendMessage;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.DeleteMessage;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.EditMessageText;
import org.telegram.telegrambots.meta.api.objects.InputFile;
import org.telegram.telegrambots.meta.api.objects.LinkPreviewOptions;
import org.telegram.telegrambots.meta.api.objects.ReplyParameters;
import org.telegram.telegrambots.meta.api.objects.message.Message;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.InlineKeyboardMarkup;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.ReplyKeyboard;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.buttons.InlineKeyboardButton;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.buttons.InlineKeyboardRow;

/**
 * Sends messages, each once, at the pace Telegram allows. Thread-safe.
 *
 * <p>Telegram cannot tell a second try from a second message. So each is written down before its
 * first try. Where that try's outcome is unknown, the message is looked for among the numbers that
 * nobody knows: a bot can edit its own messages only, and the one that can be edited is it.
 */
final class Outbox {
  private static final Logger log = LoggerFactory.getLogger(Outbox.class);

  private static final LinkPreviewOptions NO_PREVIEW =
      LinkPreviewOptions.builder().isDisabled(true).build();

  private final BotApi api;
  private final Pace pace;
  private final Posts posts;
  private final KnownMessages known;

  Outbox(BotApi api, Posts posts, KnownMessages known, InstantSource clock) {
    this.api = api;
    this.pace = new Pace(clock);
    this.posts = posts;
    this.known = known;
  }

  void typing(Chat chat) {
    try {
      api.call(
          SendChatAction.builder()
              .chatId(chat.chatId())
              .messageThreadId(chat.topic().orElse(null))
              .action(ActionType.TYPING.toString())
              .build());
    } catch (PlatformException e) {
      log.debug("No typing sign: {}", e.getMessage());
    }
  }

  /**
   * Sends a message with inline buttons.
   *
   * @param nonce the same for every try to send the same message
   */
  int post(
      Chat chat,
      Optional<Integer> replyTo,
      FormattedText text,
      List<List<Button>> buttons,
      String nonce)
      throws PlatformException {
    Optional<Posts.Post> before = posts.find(nonce);
    if (before.isPresent()) {
      Optional<Integer> there =
          before.get().message().isPresent()
              ? before.get().message()
              : lookFor(chat, before.get().after(), text, buttons, nonce);
      if (there.isPresent()) {
        edit(chat, there.get(), text, buttons);
        return there.get();
      }
    }
    return post(chat, message(chat, replyTo, text, keyboard(buttons)), nonce);
  }

  /** Sends a message that asks for a reply to it. */
  int post(
      Chat chat, Optional<Integer> replyTo, FormattedText text, ReplyKeyboard markup, String nonce)
      throws PlatformException {
    Optional<Integer> there = posts.find(nonce).flatMap(Posts.Post::message);
    return there.isPresent()
        ? there.get()
        : post(chat, message(chat, replyTo, text, markup), nonce);
  }

  private int post(Chat chat, SendMessage message, String nonce) throws PlatformException {
    posts.begin(nonce, chat, known.newest(chat));
    try {
      Message sent = paced(chat, () -> api.call(message));
      known.add(chat, sent.getMessageId());
      posts.arrived(nonce, sent.getMessageId());
      return sent.getMessageId();
    } catch (PlatformException e) {
      if (e.kind() != Kind.UNKNOWN_OUTCOME) {
        posts.forget(nonce);
      }
      throw e;
    }
  }

  private Optional<Integer> lookFor(
      Chat chat, int after, FormattedText text, List<List<Button>> buttons, String nonce)
      throws PlatformException {
    for (int candidate : known.unknownAfter(chat, after)) {
      try {
        paced(chat, () -> api.call(editing(chat, candidate, text, buttons)));
      } catch (PlatformException e) {
        if (e.kind() == Kind.GONE || (e.kind() == Kind.REFUSED && !BotApi.isUnchanged(e))) {
          continue;
        }
        if (!BotApi.isUnchanged(e)) {
          throw e;
        }
      }
      known.add(chat, candidate);
      posts.arrived(nonce, candidate);
      return Optional.of(candidate);
    }
    return Optional.empty();
  }

  /** Replaces text and buttons; "not modified" is a success. */
  void edit(Chat chat, int message, FormattedText text, List<List<Button>> buttons)
      throws PlatformException {
    try {
      paced(chat, () -> api.call(editing(chat, message, text, buttons)));
    } catch (PlatformException e) {
      if (!BotApi.isUnchanged(e)) {
        throw e;
      }
    }
  }

  /** Removes a message; one that is gone is a success. */
  void delete(Chat chat, int message) throws PlatformException {
    try {
      paced(
          chat,
          () -> api.call(DeleteMessage.builder().chatId(chat.chatId()).messageId(message).build()));
    } catch (PlatformException e) {
      if (e.kind() != Kind.GONE) {
        throw e;
      }
    }
  }

  void file(Chat chat, OutgoingFile file) throws PlatformException {
    SendDocument document =
        SendDocument.builder()
            .chatId(chat.chatId())
            .messageThreadId(chat.topic().orElse(null))
            .document(new InputFile(new ByteArrayInputStream(file.content()), file.name()))
            .build();
    known.add(chat, paced(chat, () -> api.call(document)).getMessageId());
  }

  private interface Call<T> {
    T call() throws PlatformException;
  }

  private <T> T paced(Chat chat, Call<T> call) throws PlatformException {
    try {
      pace.await(chat);
      return call.call();
    } catch (PlatformException e) {
      if (e.kind() == Kind.RATE_LIMITED) {
        pace.pause(chat, e.retryAfter());
      }
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PlatformException(Kind.UNREACHABLE, "interrupted before it was sent");
    }
  }

  private static SendMessage message(
      Chat chat, Optional<Integer> replyTo, FormattedText text, @Nullable ReplyKeyboard markup) {
    return SendMessage.builder()
        .chatId(chat.chatId())
        .messageThreadId(chat.topic().orElse(null))
        .text(text.text())
        .entities(Entities.of(text))
        .linkPreviewOptions(NO_PREVIEW)
        .replyParameters(
            replyTo
                .map(
                    id ->
                        ReplyParameters.builder()
                            .messageId(id)
                            .allowSendingWithoutReply(true)
                            .build())
                .orElse(null))
        .replyMarkup(markup)
        .build();
  }

  private static EditMessageText editing(
      Chat chat, int message, FormattedText text, List<List<Button>> buttons) {
    return EditMessageText.builder()
        .chatId(chat.chatId())
        .messageId(message)
        .text(text.text())
        .entities(Entities.of(text))
        .linkPreviewOptions(NO_PREVIEW)
        .replyMarkup(keyboard(buttons))
        .build();
  }

  private static @Nullable InlineKeyboardMarkup keyboard(List<List<Button>> rows) {
    List<InlineKeyboardRow> keyboard =
        rows.stream()
            .filter(row -> !row.isEmpty())
            .map(
                row ->
                    new InlineKeyboardRow(
                        row.stream()
                            .map(
                                button ->
                                    InlineKeyboardButton.builder()
                                        .text(button.label())
                                        .callbackData(button.id())
                                        .build())
                            .toList()))
            .toList();
    return keyboard.isEmpty() ? null : new InlineKeyboardMarkup(keyboard);
  }
}
