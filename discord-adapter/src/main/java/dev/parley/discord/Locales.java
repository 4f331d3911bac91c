package dev.parley.discord;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.storage.Database;
import java.util.Locale;
import java.util.Optional;

/**
 * Whose app speaks which language: Discord tells it with commands and buttons, not with messages.
 * Kept over restarts. Thread-safe.
 */
final class Locales {
  private static final int MOST = 100_000;

  private final Cache<Long, Optional<Locale>> known =
      Caffeine.newBuilder().maximumSize(MOST).build();

  private final Database database;

  Locales(Database database) {
    this.database = database;
  }

  /** An app told its language. */
  void put(long user, Locale locale) {
    if (known.get(user, this::load).equals(Optional.of(locale))) {
      return;
    }
    database.update(
        handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO app_locale (platform, person, locale)
                    VALUES (:platform, :person, :locale)
                    ON CONFLICT DO UPDATE SET locale = excluded.locale
                    """)
                .bind("platform", DiscordPlatform.NAME)
                .bind("person", Long.toUnsignedString(user))
                .bind("locale", locale.toLanguageTag())
                .execute());
    known.put(user, Optional.of(locale));
  }

  /** What an app told of somebody, otherwise what holds where they speak. */
  Locale of(long user, Locale otherwise) {
    return known.get(user, this::load).orElse(otherwise);
  }

  private Optional<Locale> load(long user) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT locale FROM app_locale
                    WHERE platform = :platform AND person = :person
                    """)
                .bind("platform", DiscordPlatform.NAME)
                .bind("person", Long.toUnsignedString(user))
                .mapTo(String.class)
                .map(Locale::forLanguageTag)
                .findOne());
  }
}
