package dev.parley.telegram;

import dev.parley.format.FormattedText;
import dev.parley.language.Texts;
import dev.parley.platform.PlatformException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.objects.Update;
import org.telegram.telegrambots.meta.api.objects.message.Message;

/**
 * What people are told while nothing can be written down, as on a full disk: once in each private
 * chat until something of it was handled again. It is not written down itself, so it is tried once.
 * Thread-safe.
 */
final class Apologies {
  private static final Logger log = LoggerFactory.getLogger(Apologies.class);

  private final BotApi api;
  private final KnownMessages known;
  private final Set<Long> told = ConcurrentHashMap.newKeySet();

  Apologies(BotApi api, KnownMessages known) {
    this.api = api;
    this.known = known;
  }

  /** These have to wait. */
  void forWaiting(List<Update> updates) {
    messages(updates).filter(message -> told.add(message.getChatId())).forEach(this::say);
  }

  /** These were handled. */
  void over(List<Update> updates) {
    if (!told.isEmpty()) {
      messages(updates).forEach(message -> told.remove(message.getChatId()));
    }
  }

  private static Stream<Message> messages(List<Update> updates) {
    return updates.stream()
        .filter(Update::hasMessage)
        .map(Update::getMessage)
        .filter(Message::isUserMessage);
  }

  private void say(Message message) {
    Texts texts = Texts.of(Speakers.locale(message.getFrom().getLanguageCode()));
    Chat chat = Incoming.chat(message);
    try {
      Message said =
          api.call(
              Calls.message(
                  chat, Optional.empty(), FormattedText.plain(texts.say("storage.waiting")), null));
      known.add(chat, said.getMessageId());
    } catch (PlatformException e) {
      log.warn("Nobody can be told that they have to wait: {}", e.getMessage());
    }
  }
}
