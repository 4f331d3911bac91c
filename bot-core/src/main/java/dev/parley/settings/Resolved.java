package dev.parley.settings;

import dev.parley.platform.PlaceId;
import java.util.Optional;

/**
 * What applies, and why.
 *
 * @param value what applies
 * @param level where it was set
 */
public record Resolved<T>(T value, Level level) {
  /** Where a value was set. */
  public sealed interface Level {
    /** The place that it was set in; what lies in it is meant too. */
    default Optional<PlaceId> within() {
      return this instanceof InPlace(PlaceId where) ? Optional.of(where) : Optional.empty();
    }

    /** By the person. */
    record ByPerson() implements Level {}

    /** In the place, or in one it lies in. */
    record InPlace(PlaceId place) implements Level {}

    /** In the operator's configuration. */
    record ByOperator() implements Level {}

    /** Nowhere. */
    record BuiltIn() implements Level {}
  }
}
