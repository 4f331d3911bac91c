package dev.parley.usage;

import dev.parley.platform.PersonId;
import dev.parley.platform.PlaceId;
import dev.parley.storage.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;

/** What everybody used, by day in the operator's time zone. Thread-safe. */
@SuppressWarnings({"DoNotCallSuggester", "TypeParameterUnusedInFormals"})
public final class UsageStore {
  public UsageStore(Database database, InstantSource clock, ZoneId zone) {}

  /** Counts a question that was accepted. */
  public void asked(PersonId person, PlaceId place, Instant at) {
    throw new UnsupportedOperationException();
  }

  /** Takes back a question that got no answer. */
  public void unanswered(PersonId person, PlaceId place, Instant askedAt) {
    throw new UnsupportedOperationException();
  }

  /** Counts an answer. */
  public void answered(PersonId person, PlaceId place, int promptTokens, int generatedTokens) {
    throw new UnsupportedOperationException();
  }

  public Totals today(PersonId person) {
    throw new UnsupportedOperationException();
  }

  public Totals inAll(PersonId person) {
    throw new UnsupportedOperationException();
  }

  public Totals today(PlaceId place) {
    throw new UnsupportedOperationException();
  }

  public Totals inAll(PlaceId place) {
    throw new UnsupportedOperationException();
  }

  /**
   * Checks a daily limit of questions.
   *
   * @param limit most questions a day; 0 for no limit
   * @param within counts what was asked in that place and below; empty counts everywhere
   * @return when the person may ask again; empty if now
   */
  public Optional<Instant> blockedUntil(PersonId person, int limit, Optional<PlaceId> within) {
    throw new UnsupportedOperationException();
  }
}
