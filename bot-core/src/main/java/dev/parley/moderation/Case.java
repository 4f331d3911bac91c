package dev.parley.moderation;

import dev.parley.platform.PersonId;
import dev.parley.platform.PlaceId;
import java.time.Instant;
import java.util.Optional;

/**
 * A text that was objected to.
 *
 * @param person who asked
 * @param blocked whether it was kept back, rather than marked
 * @param text or its beginning, where it is long
 * @param released whether an admin found it fine; empty where none looked so far
 */
public record Case(
    long id,
    PlaceId place,
    PersonId person,
    Side side,
    Finding finding,
    boolean blocked,
    String text,
    Instant at,
    boolean appealed,
    Optional<Boolean> released) {}
