package dev.parley.discord;

import dev.parley.format.FormattedText;
import dev.parley.language.Texts;
import dev.parley.platform.PlatformException;
import dev.parley.storage.DatabaseException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.entities.User;
import net.dv8tion.jda.api.events.interaction.GenericInteractionCreateEvent;
import net.dv8tion.jda.api.interactions.callbacks.IReplyCallback;
import net.dv8tion.jda.api.requests.Route;
import net.dv8tion.jda.api.utils.data.DataObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people are told while nothing can be written down, as on a full disk: once in each private
 * chat until something of it was handled again, and in answer to every command, which cannot wait.
 * It is not written down itself, so it is tried once. Thread-safe.
 */
final class Apologies {
  private static final Logger log = LoggerFactory.getLogger(Apologies.class);

  private final Rest rest;
  private final Locales locales;
  private final Set<Long> told = ConcurrentHashMap.newKeySet();

  Apologies(Rest rest, Locales locales) {
    this.rest = rest;
    this.locales = locales;
  }

  /** It has to wait. */
  void forWaiting(Message message) {
    if (message.isFromGuild() || !told.add(message.getChannelIdLong())) {
      return;
    }
    try {
      rest.call(
          Route.Messages.SEND_MESSAGE.compile(message.getChannelId()),
          Payloads.message(
              words(message.getAuthor(), "storage.waiting"), List.of(), CustomId.answer()));
    } catch (PlatformException e) {
      log.warn("Nobody can be told that they have to wait: {}", e.getMessage());
    }
  }

  /** It was handled. */
  void over(Message message) {
    told.remove(message.getChannelIdLong());
  }

  /** It cannot be done. */
  void refuse(GenericInteractionCreateEvent event) {
    if (!(event instanceof IReplyCallback callback)) {
      return; // somebody types
    }
    DataObject message =
        Payloads.message(words(event.getUser(), "storage.refused"), List.of(), CustomId.answer());
    try {
      Acknowledgement.refuse(rest, callback, message);
    } catch (PlatformException e) {
      log.warn("Nobody can be told that a command is refused: {}", e.getMessage());
    }
  }

  private FormattedText words(User user, String key) {
    return FormattedText.plain(Texts.of(locale(user)).on(DiscordPlatform.NAME).say(key));
  }

  private Locale locale(User user) {
    try {
      return locales.of(user.getIdLong(), Locale.ENGLISH);
    } catch (DatabaseException e) { // reading may fail as well
      return Locale.ENGLISH;
    }
  }
}
