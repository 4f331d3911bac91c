package dev.parley.usage;

import dev.parley.person.Places;
import dev.parley.platform.PersonId;
import dev.parley.platform.Place;
import dev.parley.platform.PlaceId;
import dev.parley.storage.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
  private static final String BY_DAY =
      """
      SELECT u.day, sum(u.questions) AS questions, sum(u.answers) AS answers,
        sum(u.prompt_tokens) AS prompt_tokens, sum(u.generated_tokens) AS generated_tokens
      FROM usage u
      WHERE u.platform = :platform AND u.day >= :since AND u.person = :person
      GROUP BY u.day
      """;
  private static final Totals NOTHING = new Totals(0, 0, 0, 0);
  private static final String IN_PLACE = SUMS + "u.place = :place";

  private static final String ALL_WITHIN =
      Places.INSIDE + SUMS + "u.place IN (SELECT id FROM inside)";
  private static final String LATELY =
      Places.INSIDE
          + """
          SELECT u.person FROM usage u
          WHERE u.platform = :platform AND u.place IN (SELECT id FROM inside)
          GROUP BY u.person ORDER BY max(u.day) DESC, sum(u.questions) DESC, u.person
          LIMIT :most
          """;
  private static final String OF_PERSON_WITHIN =
      Places.INSIDE + OF_PERSON + " AND u.place IN (SELECT id FROM inside)";

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

  /** Counts what was read and written without an answer. */
  public void spent(PersonId person, PlaceId place, int promptTokens, int generatedTokens) {
    add(person, place, today(), new Totals(0, 0, promptTokens, generatedTokens));
  }

  /** What a person used today, in all places. */
  public Totals today(PersonId person) {
    return ofPerson(person, today());
  }

  /** What a person used in all places on each of the last days, today's the last. */
  public List<Day> lastDays(PersonId person, int days) {
    LocalDate first = today().minusDays(days - 1L);
    Map<LocalDate, Totals> used =
        database.read(
            handle ->
                handle
                    .createQuery(BY_DAY)
                    .bind("platform", person.platform())
                    .bind("person", person.id())
                    .bind("since", first.toString())
                    .map(
                        (row, context) ->
                            Map.entry(LocalDate.parse(row.getString("day")), totals(row, context)))
                    .stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    return Stream.iterate(first, day -> day.plusDays(1))
        .limit(days)
        .map(day -> new Day(day, used.getOrDefault(day, NOTHING)))
        .toList();
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

  /** What a person used today in a place and in those that lie in it. */
  public Totals today(PersonId person, PlaceId within) {
    return ofPersonWithin(person, within, today());
  }

  /** Whether a person ever asked in a place or in those that lie in it. */
  public boolean hasAsked(PersonId person, PlaceId within) {
    return ofPersonWithin(person, within, EVER).questions() > 0;
  }

  /** Who asked in a place and in those that lie in it, newest day first, then who asked most. */
  public List<PersonId> lately(PlaceId within, int most) {
    return database.read(
        handle ->
            handle
                .createQuery(LATELY)
                .bind("platform", within.platform())
                .bind("place", within.id())
                .bind("most", most)
                .mapTo(String.class)
                .map(id -> new PersonId(within.platform(), id))
                .list());
  }

  /** What everyone used today in a place and in those that lie in it. */
  public Totals todayWithin(PlaceId place) {
    return allWithin(place, today());
  }

  /** Answers that everyone got today, everywhere. */
  public long answersToday() {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT coalesce(sum(answers), 0) FROM usage WHERE day = :day")
                .bind("day", today().toString())
                .mapTo(Long.class)
                .one());
  }

  /**
   * How many people asked on the last days, today the last of them. Who deleted everything since is
   * counted today alone.
   */
  public long peopleWithin(int days) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT count(*) FROM (
                      SELECT DISTINCT platform, person FROM usage
                      WHERE day >= :since AND questions > 0)
                    """)
                .bind("since", today().minusDays(days - 1L).toString())
                .mapTo(Long.class)
                .one());
  }

  /**
   * Where everybody who asked in a private chat on the last days, today the last of them, did so
   * last: one chat each, of those that are not closed.
   */
  public Map<PersonId, PlaceId> privateChats(int days) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT platform, person, place FROM (
                      SELECT u.platform, u.person, u.place, row_number() OVER (
                        PARTITION BY u.platform, u.person
                        ORDER BY max(u.day) DESC, sum(u.questions) DESC, u.place) AS nth
                      FROM usage u JOIN place p ON p.platform = u.platform AND p.id = u.place
                      WHERE u.day >= :since AND u.questions > 0
                        AND p.kind = :kind AND p.closed_at IS NULL
                      GROUP BY u.platform, u.person, u.place)
                    WHERE nth = 1 ORDER BY platform, person
                    """)
                .bind("since", today().minusDays(days - 1L).toString())
                .bind("kind", Place.Kind.PRIVATE)
                .map(
                    (row, context) ->
                        Map.entry(
                            new PersonId(row.getString("platform"), row.getString("person")),
                            new PlaceId(row.getString("platform"), row.getString("place"))))
                .collect(
                    Collectors.toMap(
                        Map.Entry::getKey,
                        Map.Entry::getValue,
                        (one, other) -> one,
                        LinkedHashMap::new)));
  }

  /** Who used the most tokens today, in all places, most first. */
  public List<PersonId> mostToday(int most) {
    return mostToday("person", most, PersonId::new);
  }

  /** Where the most tokens were used today, most first. */
  public List<PlaceId> mostUsedToday(int most) {
    return mostToday("place", most, PlaceId::new);
  }

  private <T> List<T> mostToday(String column, int most, BiFunction<String, String, T> id) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT platform, %1$s AS id FROM usage
                    WHERE day = :day AND prompt_tokens + generated_tokens > 0
                    GROUP BY platform, %1$s
                    ORDER BY sum(prompt_tokens + generated_tokens) DESC, platform, %1$s
                    LIMIT :most
                    """
                        .formatted(column))
                .bind("day", today().toString())
                .bind("most", most)
                .map((row, context) -> id.apply(row.getString("platform"), row.getString("id")))
                .list());
  }

  /** Forgets what a person used before today. */
  public void forgetPast(PersonId person) {
    database.update(
        handle ->
            handle
                .createUpdate(
                    """
                    DELETE FROM usage
                    WHERE platform = :platform AND person = :person AND day < :day
                    """)
                .bind("platform", person.platform())
                .bind("person", person.id())
                .bind("day", today().toString())
                .execute());
  }

  /** When the next day begins, and daily limits with it. */
  public Instant nextDay() {
    return today().plusDays(1).atStartOfDay(zone).toInstant();
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

  private Totals allWithin(PlaceId place, LocalDate since) {
    return inPlace(ALL_WITHIN, place, since);
  }

  private Totals inPlace(PlaceId place, LocalDate since) {
    return inPlace(IN_PLACE, place, since);
  }

  private Totals inPlace(String query, PlaceId place, LocalDate since) {
    return database.read(
        handle ->
            handle
                .createQuery(query)
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
