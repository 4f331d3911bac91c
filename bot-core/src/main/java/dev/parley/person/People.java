package dev.parley.person;

import dev.parley.platform.Person;
import dev.parley.platform.PersonId;
import dev.parley.storage.Database;
import java.time.InstantSource;
import java.util.Optional;

/** Everyone who ever wrote to Parley. Thread-safe. */
@SuppressWarnings({"DoNotCallSuggester", "TypeParameterUnusedInFormals"})
public final class People {
  public People(Database database, InstantSource clock) {}

  /** Remembers the person, or their new name and locale. */
  public KnownPerson meet(Person person) {
    throw new UnsupportedOperationException();
  }

  public Optional<KnownPerson> find(PersonId id) {
    throw new UnsupportedOperationException();
  }
}
