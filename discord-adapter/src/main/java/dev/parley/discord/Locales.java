package dev.parley.discord;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Locale;

/**
 * Whose app speaks which language: Discord tells it with commands and buttons, not with messages.
 * Thread-safe.
 */
final class Locales {
  private static final int MOST = 100_000;

  private final Cache<Long, Locale> known = Caffeine.newBuilder().maximumSize(MOST).build();

  void put(long user, Locale locale) {
    known.put(user, locale);
  }

  /** What is known of somebody, otherwise what holds where they speak. */
  Locale of(long user, Locale otherwise) {
    Locale locale = known.getIfPresent(user);
    return locale == null ? otherwise : locale;
  }
}
