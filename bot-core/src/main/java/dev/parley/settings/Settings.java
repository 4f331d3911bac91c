package dev.parley.settings;

import dev.parley.person.Places;
import dev.parley.platform.Feature;
import dev.parley.platform.PersonId;
import dev.parley.platform.PlaceId;
import dev.parley.settings.Resolved.Level;
import dev.parley.storage.Cached;
import dev.parley.storage.Database;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All settings: person, then the place and what it lies in, then the operator's configuration, then
 * what is built in. Thread-safe.
 */
public final class Settings {
  private static final Logger log = LoggerFactory.getLogger(Settings.class);
  private static final int CACHED = 20_000;

  private final Database database;
  private final Places places;
  private final Function<String, Set<Feature>> features;
  private final Map<String, String> configured;
  private final Cached<Scope, Map<String, String>> cache;

  /**
   * @param features what a platform has, by its name: what it has nothing for is as built in there
   * @param configured the operator's values by key
   * @throws IllegalArgumentException with a sentence on an unknown key or a value not allowed
   */
  public Settings(
      Database database,
      Places places,
      Function<String, Set<Feature>> features,
      Map<String, String> configured) {
    this.database = database;
    this.places = places;
    this.features = features;
    this.configured = Map.copyOf(configured);
    this.cache = new Cached<>(database, CACHED, this::load);
    configured.forEach((key, value) -> byKey(key).parse(value));
  }

  private static Setting<?> byKey(String key) {
    return Setting.ALL.stream()
        .filter(setting -> setting.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no setting '" + key + "': there are " + Setting.ALL));
  }

  /** What applies to a person in a place, and why. */
  public <T> Resolved<T> resolve(Setting<T> setting, PersonId person, PlaceId place) {
    return (setting.personal() ? value(setting, Scope.of(person)) : Optional.<T>empty())
        .map(value -> new Resolved<>(value, new Level.ByPerson()))
        .orElseGet(() -> resolve(setting, place));
  }

  /** What a person chose, else what the operator did, and why. */
  public <T> Resolved<T> resolve(Setting<T> setting, PersonId person) {
    return value(setting, Scope.of(person))
        .map(value -> new Resolved<>(value, new Level.ByPerson()))
        .orElseGet(() -> ofOperator(setting));
  }

  /** Whether it means something there. */
  public boolean worksIn(Setting<?> setting, PlaceId place) {
    return setting.needs().isEmpty()
        || features.apply(place.platform()).contains(setting.needs().get());
  }

  /** What applies in a place to someone without own choices, and why. */
  public <T> Resolved<T> resolve(Setting<T> setting, PlaceId place) {
    if (!worksIn(setting, place)) {
      return new Resolved<>(setting.builtIn(), new Level.BuiltIn());
    }
    return places.withParents(place).stream()
        .flatMap(
            id ->
                value(setting, Scope.of(id))
                    .map(value -> new Resolved<>(value, new Level.InPlace(id)))
                    .stream())
        .findFirst()
        .orElseGet(() -> ofOperator(setting));
  }

  /** What applies where neither a person nor a place chose. */
  public <T> Resolved<T> ofOperator(Setting<T> setting) {
    String text = configured.get(setting.key());
    return text == null
        ? new Resolved<>(setting.builtIn(), new Level.BuiltIn())
        : new Resolved<>(setting.parse(text), new Level.ByOperator());
  }

  /** Sets for one person, everywhere. */
  public <T> void set(PersonId person, Setting<T> setting, T value) {
    if (!setting.personal()) {
      throw new IllegalArgumentException(setting + " is not for people to set");
    }
    save(Scope.of(person), setting, value);
  }

  /** Sets for a place and those that lie in it. */
  public <T> void set(PlaceId place, Setting<T> setting, T value) {
    save(Scope.of(place), setting, value);
  }

  public void clear(PersonId person, Setting<?> setting) {
    clear(Scope.of(person), setting);
  }

  public void clear(PlaceId place, Setting<?> setting) {
    clear(Scope.of(place), setting);
  }

  /** Clears everything that a place has set. */
  public void reset(PlaceId place) {
    Setting.ALL.forEach(setting -> clear(place, setting));
  }

  /** What a place has set goes along to its new id, but for what is set there already. */
  public void move(PlaceId from, PlaceId to) {
    database.update(
        handle -> {
          Scope.of(from)
              .bindTo(
                  handle.createUpdate(
                      """
                      UPDATE OR IGNORE setting SET id = :to
                      WHERE scope = :scope AND platform = :platform AND id = :id
                      """))
              .bind("to", to.id())
              .execute();
          cache.changes(Scope.of(from));
          cache.changes(Scope.of(to));
        });
    reset(from);
  }

  private <T> Optional<T> value(Setting<T> setting, Scope scope) {
    String text = cache.get(scope).get(setting.key());
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(setting.parse(text));
    } catch (IllegalArgumentException e) {
      log.warn("A stored setting is ignored: {}", e.getMessage()); // of an older version
      return Optional.empty();
    }
  }

  private <T> void save(Scope scope, Setting<T> setting, T value) {
    String text = setting.format(value);
    setting.parse(text); // what could not be read back must not be stored
    database.update(
        handle -> {
          scope
              .bindTo(
                  handle.createUpdate(
                      """
                      INSERT INTO setting (scope, platform, id, key, value)
                      VALUES (:scope, :platform, :id, :key, :value)
                      ON CONFLICT (scope, platform, id, key) DO UPDATE SET value = excluded.value
                      """))
              .bind("key", setting.key())
              .bind("value", text)
              .execute();
          cache.changes(scope);
        });
  }

  private void clear(Scope scope, Setting<?> setting) {
    database.update(
        handle -> {
          scope
              .bindTo(
                  handle.createUpdate(
                      """
                      DELETE FROM setting
                      WHERE scope = :scope AND platform = :platform AND id = :id AND key = :key
                      """))
              .bind("key", setting.key())
              .execute();
          cache.changes(scope);
        });
  }

  private Map<String, String> load(Scope scope) {
    return database.read(
        handle ->
            scope
                .bindTo(
                    handle.createQuery(
                        """
                        SELECT key, value FROM setting
                        WHERE scope = :scope AND platform = :platform AND id = :id
                        """))
                .map((row, context) -> Map.entry(row.getString("key"), row.getString("value")))
                .stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)));
  }
}
