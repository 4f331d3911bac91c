package dev.parley.reply;

import dev.parley.storage.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * How the last 24 hours went, as the replies tell that are in the database: what was erased or
 * deleted meanwhile is missing. Thread-safe.
 */
public final class LastDay {
  private static final int HOURS = 24;

  /** An answer that was continued holds the tokens of both replies, so neither has a speed. */
  private static final String LATELY =
      """
      SELECT r.state, r.created_at, r.changed_at, r.waited_ms, r.first_token_ms, r.total_ms,
        CASE WHEN r.continuation = 0
          AND NOT EXISTS (SELECT 1 FROM reply l WHERE l.answer = r.answer AND l.id > r.id)
          THEN a.generated_tokens END AS tokens
      FROM reply r JOIN message a ON a.id = r.answer
      WHERE r.changed_at >= :from AND coalesce(r.error_case, '') <> 'closed'
      """;

  private final Database database;
  private final InstantSource clock;
  private final ZoneId zone;

  /**
   * @param zone whose hours are meant
   */
  public LastDay(Database database, InstantSource clock, ZoneId zone) {
    this.database = database;
    this.clock = clock;
    this.zone = zone;
  }

  /** The hours, the last of them the one that is not over. */
  public List<Hour> hours() {
    Instant now = clock.instant();
    Instant last = now.atZone(zone).truncatedTo(ChronoUnit.HOURS).toInstant();
    Instant first = last.minus(Duration.ofHours(HOURS - 1));
    List<Row> rows =
        database.read(
            handle ->
                handle
                    .createQuery(LATELY)
                    .bind("from", first.toEpochMilli())
                    .map((row, context) -> Row.of(row, now))
                    .list());
    return Stream.iterate(first, begins -> begins.plus(Duration.ofHours(1)))
        .limit(HOURS)
        .map(begins -> hour(begins, begins.plus(Duration.ofHours(1)), rows))
        .toList();
  }

  private static Hour hour(Instant begins, Instant ends, List<Row> rows) {
    Predicate<Instant> within = time -> !time.isBefore(begins) && time.isBefore(ends);
    List<Row> ended = rows.stream().filter(row -> within.test(row.changed)).toList();
    List<Row> begun =
        rows.stream().filter(row -> row.waited.isPresent() && within.test(row.begun)).toList();
    return new Hour(
        begins,
        (int) ended.stream().filter(row -> row.state == ReplyState.DELIVERED).count(),
        (int) ended.stream().filter(row -> row.state == ReplyState.FAILED).count(),
        mostWaiting(begins, ends, rows),
        median(begun, row -> row.waited),
        median(begun, row -> row.toFirstToken),
        speed(begun));
  }

  /** Most of them that wait at the same moment. */
  private static int mostWaiting(Instant begins, Instant ends, List<Row> rows) {
    record Step(Instant at, int change) {}
    List<Step> steps = new ArrayList<>();
    for (Row row : rows) {
      Instant from = row.created.isBefore(begins) ? begins : row.created;
      Instant to = row.begun.isBefore(ends) ? row.begun : ends;
      if (from.isBefore(to)) {
        steps.add(new Step(from, 1));
        steps.add(new Step(to, -1));
      }
    }
    steps.sort(Comparator.comparing(Step::at).thenComparingInt(Step::change));
    int waiting = 0;
    int most = 0;
    for (Step step : steps) {
      waiting += step.change;
      most = Math.max(most, waiting);
    }
    return most;
  }

  private static Optional<Duration> median(
      List<Row> rows, Function<Row, Optional<Duration>> figure) {
    List<Duration> all = rows.stream().map(figure).flatMap(Optional::stream).sorted().toList();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() / 2));
  }

  private static OptionalDouble speed(List<Row> rows) {
    double[] all =
        rows.stream().flatMapToDouble(row -> row.tokensPerSecond().stream()).sorted().toArray();
    return all.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(all[all.length / 2]);
  }

  /**
   * A reply as far as it went.
   *
   * @param begun when it waited no more: the model began it, or it ended without
   */
  private record Row(
      ReplyState state,
      Instant created,
      Instant begun,
      Instant changed,
      Optional<Duration> waited,
      Optional<Duration> toFirstToken,
      Optional<Duration> total,
      OptionalLong tokens) {

    static Row of(ResultSet row, Instant now) throws SQLException {
      ReplyState state = ReplyState.ofStored(row.getString("state"));
      Instant created = Instant.ofEpochMilli(row.getLong("created_at"));
      Instant changed = Instant.ofEpochMilli(row.getLong("changed_at"));
      Optional<Duration> waited = time(row, "waited_ms");
      return new Row(
          state,
          created,
          waited.map(created::plus).orElse(state == ReplyState.QUEUED ? now : changed),
          changed,
          waited,
          time(row, "first_token_ms"),
          time(row, "total_ms"),
          number(row, "tokens"));
    }

    private static Optional<Duration> time(ResultSet row, String column) throws SQLException {
      OptionalLong milliseconds = number(row, column);
      return milliseconds.isEmpty()
          ? Optional.empty()
          : Optional.of(Duration.ofMillis(milliseconds.getAsLong()));
    }

    private static OptionalLong number(ResultSet row, String column) throws SQLException {
      long value = row.getLong(column);
      return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** From the first token on; one alone has no speed. */
    OptionalDouble tokensPerSecond() {
      if (tokens.isEmpty() || total.isEmpty() || toFirstToken.isEmpty()) {
        return OptionalDouble.empty();
      }
      double seconds = total.get().minus(toFirstToken.get()).toMillis() / 1e3;
      return tokens.getAsLong() > 1 && seconds > 0
          ? OptionalDouble.of((tokens.getAsLong() - 1) / seconds)
          : OptionalDouble.empty();
    }
  }
}
