package dev.parley.chat;

import dev.parley.language.Texts;
import dev.parley.person.KnownPerson;
import dev.parley.person.People;
import dev.parley.platform.PersonId;
import dev.parley.platform.PlaceId;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import java.util.Locale;

/**
 * Which language somebody reads: the one they or their place chose, else their platform's.
 * Thread-safe.
 */
public final class Languages {
  private final Settings settings;
  private final People people;

  public Languages(Settings settings, People people) {
    this.settings = settings;
    this.people = people;
  }

  public Texts of(PersonId person, PlaceId place) {
    Locale locale =
        settings
            .resolve(Setting.LANGUAGE, person, place)
            .value()
            .or(() -> people.find(person).map(KnownPerson::locale))
            .orElse(Locale.ENGLISH);
    return Texts.of(locale).on(place.platform());
  }
}
