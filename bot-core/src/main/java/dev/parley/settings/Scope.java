package dev.parley.settings;

import dev.parley.platform.PersonId;
import dev.parley.platform.PlaceId;
import org.jdbi.v3.core.statement.SqlStatement;

/** Whose settings, as they stand in the table. */
record Scope(String scope, String platform, String id) {
  static Scope of(PersonId person) {
    return new Scope("person", person.platform(), person.id());
  }

  static Scope of(PlaceId place) {
    return new Scope("place", place.platform(), place.id());
  }

  <S extends SqlStatement<S>> S bindTo(S statement) {
    return statement.bind("scope", scope).bind("platform", platform).bind("id", id);
  }
}
