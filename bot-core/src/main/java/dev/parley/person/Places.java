package dev.parley.person;

import dev.parley.platform.Place;
import dev.parley.platform.PlaceId;
import dev.parley.storage.Database;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Every place Parley was spoken to in. Thread-safe. */
@SuppressWarnings({"DoNotCallSuggester", "TypeParameterUnusedInFormals"})
public final class Places {
  public Places(Database database, InstantSource clock) {}

  /** Remembers the place, or its new name, kind and parent. */
  public void visit(Place place) {
    throw new UnsupportedOperationException();
  }

  public Optional<Place> find(PlaceId id) {
    throw new UnsupportedOperationException();
  }

  /** The place itself, then what it lies in, innermost first. */
  public List<PlaceId> withParents(PlaceId id) {
    throw new UnsupportedOperationException();
  }

  /** Whether this is the first call for the place: true exactly once, also across restarts. */
  public boolean introduce(PlaceId id) {
    throw new UnsupportedOperationException();
  }
}
