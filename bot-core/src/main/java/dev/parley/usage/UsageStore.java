package dev.parley.usage;

import dev.parley.platform.PersonId;
import dev.parley.platform.PlaceId;
import dev.parley.storage.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** What everybody used, by day in the operator's time zone. Thread-safe. */
public final class UsageStore {
  private static final String SUMS =
      """
      SELECT coalesce(sum(u.questions), 0) AS questions, coalesce(sum(u.answers), 0) AS answers,
        coalesce(sum(u.prompt_tokens), 0) AS prompt_tokens,
        coalesce(sum(u.generated_tokens), 0) AS generated_tokens
      FROM usage u
      WHERE u.platform = :platform AND u.day >= :since AND
      """;

  private static final String OF_PERSON = SUMS + "u.person = :person";
  private static final String IN_PLACE = SUMS + "u.place = :place";

  private static final String OF_PERSON_WITHIN =
      """
      WITH RECURSIVE inside (id) AS (
        SELECT :place
        UNION
        SELECT below.id FROM inside
        JOIN place below ON below.platform = :platform AND below.parent = inside.id)
      """
          + OF_PERSON
          + " AND u.place IN (SELECT id FROM inside)";

  /** Before every day that is counted. */
  private static final LocalDate EVER = LocalDate.EPOCH;

  private final Database database;
  private final InstantSource clock;
  private final ZoneId zone;

  /**
   * @param zone where a day begins and ends
   */
  public UsageStore(Database database, InstantSource clock, ZoneId zone) {
    this.database = database;
    this.clock = clock;
    this.zone = zone;
  }

  /** Counts a question that was accepted. */
  public void asked(PersonId person, PlaceId place) {
    add(person, place, today(), new Totals(1, 0, 0, 0));
  }

  /** Takes back a question that got no answer. */
  public void unanswered(PersonId person, PlaceId place, Instant askedAt) {
    add(person, place, LocalDate.ofInstant(askedAt, zone), new Totals(-1, 0, 0, 0));
  }

  /** Counts an answer. */
  public void answered(PersonId person, PlaceId place, int promptTokens, int generatedTokens) {
    add(person, place, today(), new Totals(0, 1, promptTokens, generatedTokens));
  }

  /** What a person used today, in all places. */
  public Totals today(PersonId person) {
    return ofPerson(person, today());
  }

  /** What a person ever used, in all places. */
  public Totals inAll(PersonId person) {
    return ofPerson(person, EVER);
  }

  /** What everyone used in a place today. */
  public Totals today(PlaceId place) {
    return inPlace(place, today());
  }

  /** What everyone ever used in a place. */
  public Totals inAll(PlaceId place) {
    return inPlace(place, EVER);
  }

  /**
   * Checks a daily limit of questions.
   *
   * @param limit most questions a day; 0 for no limit
   * @param within counts what was asked in that place and in those that lie in it; empty counts
   *     everywhere
   * @return when the person may ask again; empty if now
   */
  public Optional<Instant> blockedUntil(PersonId person, int limit, Optional<PlaceId> within) {
    if (limit == 0) {
      return Optional.empty();
    }
    LocalDate today = today();
    Totals used =
        within
            .map(place -> ofPersonWithin(person, place, today))
            .orElseGet(() -> ofPerson(person, today));
    return used.questions() < limit
        ? Optional.empty()
        : Optional.of(today.plusDays(1).atStartOfDay(zone).toInstant());
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), zone);
  }

  private void add(PersonId person, PlaceId place, LocalDate day, Totals more) {
    database.update(
        handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO usage AS u (platform, person, place, day, questions, answers,
                      prompt_tokens, generated_tokens)
                    VALUES (:platform, :person, :place, :day, :questions, :answers,
                      :promptTokens, :generatedTokens)
                    ON CONFLICT (platform, person, day, place) DO UPDATE
                    SET questions = u.questions + excluded.questions,
                      answers = u.answers + excluded.answers,
                      prompt_tokens = u.prompt_tokens + excluded.prompt_tokens,
                      generated_tokens = u.generated_tokens + excluded.generated_tokens
                    """)
                .bind("platform", person.platform())
                .bind("person", person.id())
                .bind("place", place.id())
                .bind("day", day.toString())
                .bind("questions", more.questions())
                .bind("answers", more.answers())
                .bind("promptTokens", more.promptTokens())
                .bind("generatedTokens", more.generatedTokens())
                .execute());
  }

  private Totals ofPerson(PersonId person, LocalDate since) {
    return database.read(
        handle ->
            handle
                .createQuery(OF_PERSON)
                .bind("platform", person.platform())
                .bind("person", person.id())
                .bind("since", since.toString())
                .map(UsageStore::totals)
                .one());
  }

  private Totals ofPersonWithin(PersonId person, PlaceId place, LocalDate since) {
    return database.read(
        handle ->
            handle
                .createQuery(OF_PERSON_WITHIN)
                .bind("platform", person.platform())
                .bind("person", person.id())
                .bind("place", place.id())
                .bind("since", since.toString())
                .map(UsageStore::totals)
                .one());
  }

  private Totals inPlace(PlaceId place, LocalDate since) {
    return database.read(
        handle ->
            handle
                .createQuery(IN_PLACE)
                .bind("platform", place.platform())
                .bind("place", place.id())
                .bind("since", since.toString())
                .map(UsageStore::totals)
                .one());
  }

  private static Totals totals(ResultSet row, StatementContext context) throws SQLException {
    return new Totals(
        row.getLong("questions"),
        row.getLong("answers"),
        row.getLong("prompt_tokens"),
        row.getLong("generated_tokens"));
  }
}
