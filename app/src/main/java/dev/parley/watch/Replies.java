package dev.parley.watch;

import dev.parley.storage.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of replies lately, as the database has it: it counts what people got, not what the
 * model wrote. Thread-safe.
 *
 * @param database of the bot
 */
record Replies(Database database) {
  /** How far back is looked. */
  static final Duration LATELY = Duration.ofMinutes(5);

  /** States there are, so that one that nothing is in is 0 rather than missing. */
  private static final List<String> STATES =
      List.of("queued", "generating", "delivering", "delivered", "cancelled", "failed");

  /**
   * Figures of the last minutes.
   *
   * @param byState how many changed into which state, and stand there
   * @param waited until the model began, in seconds, in order
   */
  record Figures(Map<String, Integer> byState, List<Double> waited) {
    /** A quantile of the waits; 0 where nobody waited. */
    double waited(double share) {
      return waited.isEmpty()
          ? 0
          : waited.get(Math.min(waited.size() - 1, (int) (share * waited.size())));
    }
  }

  Figures since(Instant now) {
    long from = now.minus(LATELY).toEpochMilli();
    return database.read(
        handle -> {
          Map<String, Integer> byState = new TreeMap<>();
          STATES.forEach(state -> byState.put(state, 0));
          handle
              .createQuery(
                  "SELECT state, count(*) AS n FROM reply WHERE changed_at >= :from GROUP BY state")
              .bind("from", from)
              .map((row, context) -> Map.entry(row.getString("state"), row.getInt("n")))
              .forEach(entry -> byState.put(entry.getKey(), entry.getValue()));
          List<Double> waited = new ArrayList<>();
          handle
              .createQuery(
                  """
                  SELECT waited_ms FROM reply
                  WHERE changed_at >= :from AND waited_ms IS NOT NULL ORDER BY waited_ms
                  """)
              .bind("from", from)
              .mapTo(Long.class)
              .forEach(milliseconds -> waited.add(milliseconds / 1e3));
          return new Figures(byState, waited);
        });
  }
}
