package dev.parley.settings;

import dev.parley.person.Places;
import dev.parley.platform.PersonId;
import dev.parley.platform.PlaceId;
import dev.parley.storage.Database;
import java.time.InstantSource;
import java.util.Map;

/** All settings of people and places. Thread-safe. */
@SuppressWarnings({"DoNotCallSuggester", "TypeParameterUnusedInFormals"})
public final class Settings {
  /**
   * @param configured the operator's values by key
   * @throws IllegalArgumentException with a sentence on an unknown key or a bad value
   */
  public Settings(
      Database database, Places places, Map<String, String> configured, InstantSource clock) {}

  public <T> Resolved<T> resolve(Setting<T> setting, PersonId person, PlaceId place) {
    throw new UnsupportedOperationException();
  }

  /** What applies in a place to someone without own choices. */
  public <T> Resolved<T> resolve(Setting<T> setting, PlaceId place) {
    throw new UnsupportedOperationException();
  }

  public <T> void set(PersonId person, Setting<T> setting, T value) {
    throw new UnsupportedOperationException();
  }

  public <T> void set(PlaceId place, Setting<T> setting, T value) {
    throw new UnsupportedOperationException();
  }

  public void clear(PersonId person, Setting<?> setting) {
    throw new UnsupportedOperationException();
  }

  public void clear(PlaceId place, Setting<?> setting) {
    throw new UnsupportedOperationException();
  }

  /** Clears everything a place has set. */
  public void reset(PlaceId place) {
    throw new UnsupportedOperationException();
  }
}
