package dev.parley.settings;

import dev.parley.platform.PersonId;
import dev.parley.platform.PlaceId;

/** Whose settings, as they stand in the table. */
record Scope(String scope, String platform, String id) {
  static Scope of(PersonId person) {
    return new Scope("person", person.platform(), person.id());
  }

  static Scope of(PlaceId place) {
    return new Scope("place", place.platform(), place.id());
  }
}
