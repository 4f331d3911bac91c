package dev.parley.person;

import dev.parley.platform.PersonId;
import java.time.Instant;
import java.util.Locale;

/**
 * A person as last seen.
 *
 * @param id their id
 * @param name what others see, data without any meaning
 * @param locale the platform's language for them
 * @param firstSeen when they first wrote
 */
public record KnownPerson(PersonId id, String name, Locale locale, Instant firstSeen) {
  /** Whether they deleted everything, so that only their number is kept. */
  public boolean isForgotten() {
    return name.isEmpty() && locale.equals(Locale.ROOT);
  }
}
