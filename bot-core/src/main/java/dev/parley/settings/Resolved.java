package dev.parley.settings;

import dev.parley.platform.PlaceId;

/**
 * What applies, and why.
 *
 * @param value what applies
 * @param level where it was set
 */
public record Resolved<T>(T value, Level level) {
  /** Where a value was set. */
  public sealed interface Level {
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
