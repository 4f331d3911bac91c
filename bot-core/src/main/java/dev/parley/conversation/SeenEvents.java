package dev.parley.conversation;

import dev.parley.storage.Database;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Which events of the platforms were taken already, since platforms deliver some twice.
 * Thread-safe.
 */
@SuppressWarnings({"DoNotCallSuggester", "TypeParameterUnusedInFormals"})
public final class SeenEvents {
  public SeenEvents(Database database, InstantSource clock) {}

  /** Whether the event is new; from now on it is not. */
  public boolean first(String platform, String eventId) {
    throw new UnsupportedOperationException();
  }

  /** Forgets events seen before an instant, when no platform sends them again. */
  public int forgetBefore(Instant instant) {
    throw new UnsupportedOperationException();
  }
}
