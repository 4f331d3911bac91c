package dev.parley.discord;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.storage.Database;
import java.util.Locale;
import java.util.Optional;

/**
 * Whose app speaks which language: Discord tells it with commands and buttons, not with messages.
 * What was known of somebody before a restart is asked of the core's table. Thread-safe.
 */
final class Locales {
  private static final int MOST = 100_000;

  private final Cache<Long, Optional<Locale>> known =
      Caffeine.newBuilder().maximumSize(MOST).build();

  private final Database database;

  Locales(Database database) {
    this.database = database;
  }

  void put(long user, Locale locale) {
    known.put(user, Optional.of(locale));
  }

  /** What is known of somebody, otherwise what holds where they speak. */
  Locale of(long user, Locale otherwise) {
    return known.get(user, this::load).orElse(otherwise);
  }

  private Optional<Locale> load(long user) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT locale FROM person WHERE platform = :platform AND id = :id")
                .bind("platform", DiscordPlatform.NAME)
                .bind("id", Long.toUnsignedString(user))
                .mapTo(String.class)
                .map(Locale::forLanguageTag)
                .findOne());
  }
}
