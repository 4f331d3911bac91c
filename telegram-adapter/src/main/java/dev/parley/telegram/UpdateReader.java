package dev.parley.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.objects.Update;

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
      return JSON.treeToValue(raw, Update.class);
    } catch (JsonMappingException e) {
      Update empty = new Update();
      empty.setUpdateId(raw.get("update_id").intValue());
      log.warn(
          "Update {} is left out, the client cannot read {}",
          empty.getUpdateId(),
          e.getPathReference());
      return empty;
    }
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
