package dev.parley.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.telegram.telegrambots.meta.api.methods.updates.GetUpdates;
import org.telegram.telegrambots.meta.api.objects.Update;
import org.telegram.telegrambots.meta.exceptions.TelegramApiRequestException;

/** A request for updates; one that cannot be read takes no other with it. */
final class PolledUpdates extends GetUpdates {
  private static final int AT_ONCE = 100;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Asks for updates.
   *
   * @param offset confirms all before it
   * @param hold how long the server waits for one
   */
  PolledUpdates(int offset, Duration hold, List<String> wanted) {
    super(offset, AT_ONCE, (int) hold.toSeconds(), wanted);
  }

  @Override
  @SuppressWarnings("NonApiType") // the client's choice
  public ArrayList<Update> deserializeResponse(String answer) throws TelegramApiRequestException {
    try {
      ArrayList<Update> updates = super.deserializeResponse(answer);
      updates.replaceAll(UpdateReader::complete);
      return updates;
    } catch (TelegramApiRequestException e) {
      ArrayList<Update> updates = new ArrayList<>();
      try {
        for (JsonNode raw : JSON.readTree(answer).withArray("/result")) {
          updates.add(UpdateReader.read(raw));
        }
      } catch (JsonProcessingException | UnsupportedOperationException noUpdates) {
        throw e;
      }
      if (updates.isEmpty()) {
        throw e;
      }
      return updates;
    }
  }
}
