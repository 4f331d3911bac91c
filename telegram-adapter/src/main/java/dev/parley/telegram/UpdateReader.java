package dev.parley.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.objects.Update;
import org.telegram.telegrambots.meta.api.objects.message.Message;

/** Reads updates one by one. */
final class UpdateReader {
  private static final Logger log = LoggerFactory.getLogger(UpdateReader.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private UpdateReader() {}

  /**
   * Reads an update. One of a form that the client does not know becomes an update without content:
   * Telegram would deliver it for ever, and nothing after it.
   *
   * @throws JsonProcessingException where it is no update at all
   */
  static Update read(JsonNode raw) throws JsonProcessingException {
    if (!raw.path("update_id").canConvertToInt()) {
      throw JsonMappingException.from(JSON.treeAsTokens(raw), "no update_id");
    }
    try {
      return complete(JSON.treeToValue(raw, Update.class));
    } catch (JsonMappingException e) {
      int id = raw.get("update_id").intValue();
      log.warn("Update {} is left out, the client cannot read {}", id, e.getPathReference());
      return empty(id);
    }
  }

  /**
   * The same update, or one without content where something is missing that Telegram always sends:
   * the client reads it all the same, and who looks for its chat would fail, at each start again.
   */
  static Update complete(Update update) {
    if (isComplete(update)) {
      return update;
    }
    log.warn("Update {} is left out: it lacks what every update has", update.getUpdateId());
    return empty(update.getUpdateId());
  }

  private static boolean isComplete(Update update) {
    return isComplete(update.getMessage())
        && isComplete(update.getEditedMessage())
        && (!update.hasCallbackQuery()
            || (update.getCallbackQuery().getId() != null
                && update.getCallbackQuery().getFrom() != null))
        && (update.getMessageReaction() == null
            || (update.getMessageReaction().getChat() != null
                && update.getMessageReaction().getMessageId() != null))
        && (!update.hasMyChatMember()
            || (update.getMyChatMember().getChat() != null
                && update.getMyChatMember().getFrom() != null
                && update.getMyChatMember().getNewChatMember() != null));
  }

  private static boolean isComplete(@Nullable Message message) {
    return message == null
        || (message.getMessageId() != null
            && message.getDate() != null
            && message.getChat() != null);
  }

  private static Update empty(int id) {
    Update empty = new Update();
    empty.setUpdateId(id);
    return empty;
  }

  /**
   * Reads the body of a request.
   *
   * @throws JsonProcessingException where it is no update
   */
  static Update read(String body) throws JsonProcessingException {
    return read(JSON.readTree(body));
  }
}
