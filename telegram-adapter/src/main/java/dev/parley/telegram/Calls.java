package dev.parley.telegram;

import dev.parley.format.FormattedText;
import dev.parley.platform.Button;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.telegram.telegrambots.meta.api.methods.send.SendMessage;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.EditMessageText;
import org.telegram.telegrambots.meta.api.objects.LinkPreviewOptions;
import org.telegram.telegrambots.meta.api.objects.ReplyParameters;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.InlineKeyboardMarkup;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.ReplyKeyboard;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.buttons.InlineKeyboardButton;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.buttons.InlineKeyboardRow;

/** How messages and their buttons are put into calls. */
final class Calls {
  private static final LinkPreviewOptions NO_PREVIEW =
      LinkPreviewOptions.builder().isDisabled(true).build();

  private Calls() {}

  static SendMessage message(
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

  static EditMessageText editing(
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

  static @Nullable InlineKeyboardMarkup keyboard(List<List<Button>> rows) {
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
