package dev.parley.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.parley.conversation.ConversationId;
import dev.parley.conversation.Message;
import dev.parley.conversation.MessageId;
import dev.parley.learning.ComparisonId;
import dev.parley.learning.Version;
import dev.parley.platform.PersonId;
import dev.parley.platform.Place;
import dev.parley.platform.PlaceId;
import dev.parley.reply.OutgoingPosts;
import dev.parley.reply.Reply;
import dev.parley.settings.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Databases of every version that was ever released, with rows in every table, opened today. */
class MigrationTest {
  private static final PlaceId REEF = new PlaceId("discord", "500");
  private static final PersonId CLEO = new PersonId("discord", "77");

  /** Versions by which what {@link #everythingIsReadAsItWasMeant} looks at was there. */
  private static final int POSTS = 4;

  private static final int RATINGS = 5;
  private static final int BLOCKS = 6;
  private static final int CLOSED_PLACES = 7;
  private static final int THOUGHTS = 11;
  private static final int CONSENTS = 12;
  private static final int COMPARISONS = 13;
  private static final int VERSIONS = 14;

  /** What was in each, and the files as today's code has made them: by version. */
  private static final Map<Integer, Map<String, List<Map<String, Object>>>> BEFORE =
      new HashMap<>();

  private static Path today = Path.of("");

  @TempDir Path folder;

  /** Once for all, since it takes a while. */
  @BeforeAll
  static void openAll(@TempDir Path shared) throws Exception {
    today = shared;
    Database.open(today.resolve("new.db")).close();
    for (int version : versions()) {
      SchemaSample.of(version).orElseThrow().restore(today(version));
      BEFORE.put(version, content(today(version)));
      Database.open(today(version)).close();
    }
  }

  private static Path today(int version) {
    return today.resolve(version + ".db");
  }

  static int[] versions() throws IOException {
    List<Integer> versions = new ArrayList<>();
    for (int version = 1; version <= Schema.latest(); version++) {
      if (SchemaSample.of(version).isPresent()) {
        versions.add(version);
      }
    }
    return versions.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * A version without its sample is written to {@code target}: move it beside the others, with a
   * row for each new table and a value in each new column.
   */
  @Test
  void everyVersionHasItsSample() throws Exception {
    List<Integer> missing =
        new ArrayList<>(IntStream.rangeClosed(1, Schema.latest()).boxed().toList());
    missing.removeAll(BEFORE.keySet());
    if (!missing.isEmpty()) {
      Path draft = Path.of("target", "V" + Schema.latest() + ".sql");
      SchemaSample.of(missing.getFirst() - 1).orElseThrow().restore(file());
      Database.open(file()).close();
      Files.createDirectories(draft.toAbsolutePath().getParent());
      Files.writeString(draft, SchemaSample.dump(file()));
      fail(
          "Versions %s of the tables have no sample. Move %s to src/test/resources/%s, and add a"
              + " row for each new table and a value in each new column.",
          missing, draft, SchemaSample.class.getPackageName().replace('.', '/'));
    }
  }

  @ParameterizedTest
  @MethodSource("versions")
  void aSampleHasARowInEveryTableAndAValueInEveryColumn(int version) throws Exception {
    SchemaSample.of(version).orElseThrow().restore(file());

    try (Handle handle = Jdbi.open(Sqlite.writer(file()))) {
      for (String table : SchemaSample.tables(handle)) {
        for (String column : SchemaSample.columns(handle, table)) {
          assertThat(
                  handle
                      .createQuery("SELECT count(\"" + column + "\") FROM \"" + table + "\"")
                      .mapTo(Integer.class)
                      .one())
              .as("values of %s.%s in version %d", table, column, version)
              .isPositive();
        }
      }
    }
  }

  /** A migration that changes rows on purpose says here which, and to what. */
  @ParameterizedTest
  @MethodSource("versions")
  void noRowIsLostOrChangedOrAdded(int version) {
    Map<String, List<Map<String, Object>>> before = Objects.requireNonNull(BEFORE.get(version));
    Map<String, List<Map<String, Object>>> after = content(today(version));

    after.forEach(
        (table, rows) ->
            assertThat(rows)
                .as("rows of %s, from version %d", table, version)
                .hasSize(before.getOrDefault(table, List.of()).size()));
    before.forEach(
        (table, rows) ->
            rows.forEach(
                row ->
                    assertThat(after.get(table))
                        .as("rows of %s, from version %d", table, version)
                        .anyMatch(now -> now.entrySet().containsAll(row.entrySet()))));
  }

  @ParameterizedTest
  @MethodSource("versions")
  void afterwardsTheDatabaseIsSoundAndItsTablesAreThoseOfANewOne(int version) throws Exception {
    Files.copy(today(version), file());
    assertThat(new DatabaseFile(file()).integrityCheck()).isEmpty();
    try (Handle handle = Jdbi.open(Sqlite.writer(file()))) { // throws where it is otherwise
      handle.execute(
          "INSERT INTO message_words (message_words, rank) VALUES ('integrity-check', 1)");
    }
    assertThat(schema(file())).isEqualTo(schema(today.resolve("new.db")));
  }

  @ParameterizedTest
  @MethodSource("versions")
  void everythingIsReadAsItWasMeant(int version) throws Exception {
    Files.copy(today(version), file());

    try (Stores stores = Stores.open(folder)) {
      assertThat(stores.tree.activePath(new ConversationId(1)))
          .extracting(Message::text)
          .containsExactly(
              "Why do bees dance?", "To tell the others where flowers are.", "蜜蜂為什麼跳舞？", "");
      assertThat(stores.conversations.current(Stores.adaInPrivate()))
          .hasValueSatisfying(
              current -> {
                assertThat(current.title()).contains("Bees");
                assertThat(current.summary().orElseThrow().text())
                    .isEqualTo("Ada asked why bees dance.");
              });
      for (String words : List.of("bees dance", "跳舞")) {
        assertThat(stores.search.search(Stores.adaInPrivate(), words, 0, 5).total())
            .as("found by %s", words)
            .isPositive();
      }
      assertThat(stores.tree.find(new MessageId(7)).orElseThrow().deleted()).isTrue();
      assertThat(stores.replies.unfinished())
          .singleElement()
          .extracting(Reply::question)
          .isEqualTo(new MessageId(3));
      assertThat(stores.platformMessages.find(Stores.PRIVATE, "13")).contains(new MessageId(2));
      assertThat(stores.events.knows("telegram", "message-11")).isTrue();
      assertThat(stores.settings.resolve(Setting.PERSONA, Stores.ADA, Stores.PRIVATE).value())
          .isEqualTo("coder");
      assertThat(stores.settings.resolve(Setting.SHARED_CONVERSATION, Stores.GROUP).value())
          .isTrue();
      assertThat(stores.instructions.of(Stores.ADA).style()).isEqualTo("Answer in verse.");
      assertThat(stores.usage.inAll(Stores.ADA).questions()).isEqualTo(1);
      assertThat(stores.people.find(CLEO)).isPresent();
      assertThat(stores.places.find(REEF).orElseThrow().kind()).isEqualTo(Place.Kind.THREAD);
      laterTables(stores, version);
    }
  }

  private static void laterTables(Stores stores, int version) {
    MessageId answer = new MessageId(2);
    OutgoingPosts posts = new OutgoingPosts("telegram", stores.database, stores.clock);
    assertThat(posts.find("nonce-1").isPresent()).isEqualTo(version >= POSTS);
    assertThat(stores.ratings.find(new MessageId(6), Stores.BOB).isPresent())
        .isEqualTo(version >= RATINGS);
    assertThat(stores.blocked.contains(Stores.GROUP, Stores.BOB)).isEqualTo(version >= BLOCKS);
    assertThat(stores.places.isClosed(REEF)).isEqualTo(version >= CLOSED_PLACES);
    assertThat(stores.thoughts.find(answer).isPresent()).isEqualTo(version >= THOUGHTS);
    assertThat(stores.consents.given(Stores.ADA)).isEqualTo(version >= CONSENTS);
    assertThat(stores.comparisons.find(new ComparisonId(1)).isPresent())
        .isEqualTo(version >= COMPARISONS);
    assertThat(stores.versions.all())
        .extracting(Version::name)
        .hasSize(version >= VERSIONS ? 2 : 0);
  }

  /** Also in the index, whose words older versions did not overwrite. */
  @ParameterizedTest
  @MethodSource("versions")
  void whoeverIsErasedAfterwardsLeavesNothing(int version) throws Exception {
    Files.copy(today(version), file());

    try (Stores stores = Stores.open(folder)) {
      stores.erasure.of(Stores.ADA);
    }

    assertThat(content(file()).toString()).doesNotContain("bees", "跳舞", "waggle", "verse", "Ada");
    String bytes = new String(Files.readAllBytes(file()), StandardCharsets.UTF_8);
    assertThat(bytes).doesNotContain("bees", "跳舞", "waggle", "verse");
    assertThat(words()).noneMatch(word -> word.contains("bee") || word.contains("為什麼"));
  }

  /** What the index has, by three characters each. */
  private List<String> words() {
    try (Handle handle = Jdbi.open(Sqlite.writer(file()))) {
      handle.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, message_words, row)");
      return handle.createQuery("SELECT term FROM temp.words").mapTo(String.class).list();
    }
  }

  private Path file() {
    return folder.resolve("parley.db");
  }

  private static Map<String, List<Map<String, Object>>> content(Path file) {
    try (Handle handle = Jdbi.open(Sqlite.writer(file))) {
      return SchemaSample.content(handle);
    }
  }

  /** Every statement that made it, but Flyway's. */
  private static Set<String> schema(Path file) {
    try (Handle handle = Jdbi.open(Sqlite.writer(file))) {
      return new TreeSet<>(
          handle
              .createQuery(
                  "SELECT sql FROM sqlite_master WHERE tbl_name <> 'flyway_schema_history'"
                      + " AND sql IS NOT NULL")
              .mapTo(String.class)
              .map(Objects::requireNonNull)
              .list());
    }
  }
}
