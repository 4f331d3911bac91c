package dev.parley.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConnection;

/**
 * A database as some version of the tables left it: all of it, its statements too, as text in
 * {@code V….sql} beside this class. What was released once changes no more, so neither does a
 * sample: it is no product of today's migrations, and Flyway finds in it the checksums of those of
 * its time.
 */
record SchemaSample(int version, String sql) {
  /** Tables that hold nothing of anybody: Flyway's own, and what SQLite keeps of its own. */
  private static final String OTHERS = "flyway_schema_history|sqlite_.*";

  private static final String INDEX = "message_words";

  /** Tables in which the index keeps its own; its words come from the messages. */
  private static final String BEHIND_INDEX = INDEX + "_.*";

  /** The sample of a version; empty where nobody made one. */
  static Optional<SchemaSample> of(int version) throws IOException {
    try (InputStream in = SchemaSample.class.getResourceAsStream("V" + version + ".sql")) {
      return in == null
          ? Optional.empty()
          : Optional.of(
              new SchemaSample(version, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
    }
  }

  /** Writes a database as text from which {@link #restore} makes it again. */
  static String dump(Path file) {
    try (Handle handle = Jdbi.open(Sqlite.writer(file))) {
      StringBuilder sql = new StringBuilder();
      handle
          .createQuery(
              "SELECT type || ' ' || name AS name, sql FROM sqlite_master WHERE sql IS NOT NULL"
                  + " ORDER BY rowid")
          .mapToMap()
          .stream()
          .filter(
              part ->
                  !String.valueOf(part.get("name"))
                      .matches("table (?:" + BEHIND_INDEX + "|sqlite_.*)"))
          .forEach(part -> sql.append(part.get("sql")).append(";\n\n"));
      for (String table : allTables(handle)) {
        if (!table.matches(INDEX + "|" + BEHIND_INDEX + "|sqlite_.*")) {
          rows(handle, table).forEach(row -> sql.append(row).append(";\n"));
        }
      }
      options(handle).forEach(option -> sql.append(option).append(";\n"));
      return sql.toString();
    }
  }

  private static List<String> rows(Handle handle, String table) {
    String values =
        columns(handle, table).stream()
            .map(column -> "quote(\"" + column + "\")")
            .collect(Collectors.joining(" || ', ' || "));
    return handle
        .createQuery("SELECT " + values + " FROM \"" + table + "\" ORDER BY 1")
        .mapTo(String.class)
        .stream()
        .map(row -> "INSERT INTO \"" + table + "\" VALUES (" + row + ")")
        .toList();
  }

  /** What the index was told beside words. */
  private static List<String> options(Handle handle) {
    return allTables(handle).contains(INDEX)
        ? handle
            .createQuery(
                "SELECT 'INSERT INTO message_words (message_words, rank) VALUES (' || quote(k)"
                    + " || ', ' || quote(v) || ')' FROM message_words_config WHERE k <> 'version'")
            .mapTo(String.class)
            .list()
        : List.of();
  }

  /** Makes the file as it was. */
  void restore(Path file) throws SQLException {
    try (Handle handle = Jdbi.open("jdbc:sqlite:" + file.toAbsolutePath())) {
      // The only call that runs several statements, and triggers among them.
      handle.getConnection().unwrap(SQLiteConnection.class).getDatabase()._exec(sql);
    }
  }

  /** All rows, by the names of their tables, each by the names of its columns. */
  static Map<String, List<Map<String, Object>>> content(Handle handle) {
    Map<String, List<Map<String, Object>>> content = new TreeMap<>();
    for (String table : tables(handle)) {
      List<Map<String, Object>> rows = new ArrayList<>();
      handle
          .createQuery("SELECT * FROM \"" + table + "\"")
          .mapToMap()
          .forEach(row -> rows.add(new TreeMap<>(row)));
      content.put(table, rows);
    }
    return content;
  }

  /** Those that Parley's own statements write to. */
  static List<String> tables(Handle handle) {
    return allTables(handle).stream()
        .filter(table -> !table.matches(OTHERS + "|" + INDEX + "|" + BEHIND_INDEX))
        .toList();
  }

  private static List<String> allTables(Handle handle) {
    return handle
        .createQuery("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")
        .mapTo(String.class)
        .list();
  }

  static List<String> columns(Handle handle, String table) {
    return handle
        .createQuery("SELECT name FROM pragma_table_info('" + table + "') ORDER BY cid")
        .mapTo(String.class)
        .list();
  }
}
