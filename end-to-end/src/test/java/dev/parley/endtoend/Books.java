package dev.parley.endtoend;

import dev.parley.core.Questions.Post;
import dev.parley.format.Markdown;
import dev.parley.language.Texts;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What was asked on the platforms, against what the database says became of it, against what the
 * platforms show.
 */
final class Books {
  private static final Pattern QUESTION = Pattern.compile("Question (\\d+) of person (\\d+)");

  /** What the program says beside answers. */
  private static final List<String> NOTES =
      List.of(
          Texts.of(Locale.ENGLISH).say("storage.waiting"),
          Texts.of(Locale.ENGLISH).say("storage.refused"));

  private static final List<String> AROUND_ANSWERS =
      List.of(
          Texts.of(Locale.ENGLISH).say("answer.honesty"),
          Texts.of(Locale.ENGLISH).say("answer.forgot"),
          Texts.of(Locale.ENGLISH).say("conversation.idle"));

  private static final String FAILED =
      Texts.of(Locale.ENGLISH).say("answer.failed", "").replaceAll("[.:]?\\s*$", "").strip();

  /** Replies to questions of the crowd, with the message of each part. */
  private static final String REPLIES =
      """
      SELECT reply.id, question.text, reply.state, answer.text, shown.place, shown.id
      FROM reply
      JOIN message question ON question.id = reply.question
      JOIN message answer ON answer.id = reply.answer
      LEFT JOIN platform_message shown ON shown.message = answer.id
      ORDER BY reply.id, shown.part
      """;

  /** A message of a platform. */
  private record Where(String place, String id) {}

  private record Reply(long id, String question, String state, String answer, List<Where> shown) {}

  private final Map<String, List<Reply>> replies = new HashMap<>();
  private final List<String> lost = new ArrayList<>();
  private final List<String> doubled = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();
  private final List<String> disordered = new ArrayList<>();
  private final List<String> damage = new ArrayList<>();
  private long failed;

  private Books() {}

  /**
   * How many questions there are.
   *
   * @param database copied while it was written, so that it may not be whole: -1 then
   */
  static long taken(Path database) {
    return count(database, "true");
  }

  /**
   * How many questions have come to an end.
   *
   * @param database as for {@link #taken}
   */
  static long settled(Path database) {
    return count(database, "state IN ('delivered', 'failed', 'cancelled')");
  }

  private static long count(Path database, String condition) {
    try {
      return read(
          database,
          statement -> {
            ResultSet rows =
                statement.executeQuery("SELECT count(*) FROM reply WHERE " + condition);
            rows.next();
            return rows.getLong(1);
          });
    } catch (SQLException torn) {
      return -1;
    }
  }

  /**
   * Compares.
   *
   * @param expected what is to be answered; what the database says where nobody knows beforehand
   */
  static Books of(
      Path database, List<PlatformCrowd> crowds, Optional<UnaryOperator<String>> expected)
      throws SQLException {
    Books books = new Books();
    books.readReplies(database);
    crowds.forEach(crowd -> books.compare(crowd, expected));
    return books;
  }

  private interface Work<T> {
    T of(Statement statement) throws SQLException;
  }

  private static <T> T read(Path database, Work<T> work) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      return work.of(statement);
    }
  }

  private void readReplies(Path database) throws SQLException {
    Map<Long, Reply> byId = new HashMap<>();
    read(
        database,
        statement -> {
          ResultSet found = statement.executeQuery("PRAGMA integrity_check");
          while (found.next()) {
            if (!found.getString(1).equals("ok")) {
              damage.add(found.getString(1));
            }
          }
          ResultSet row = statement.executeQuery(REPLIES);
          while (row.next()) {
            Matcher question = QUESTION.matcher(row.getString(2));
            if (question.find()) {
              Reply reply =
                  new Reply(
                      row.getLong(1),
                      question.group(),
                      row.getString(3),
                      row.getString(4),
                      new ArrayList<>());
              reply = byId.merge(reply.id, reply, (known, same) -> known);
              if (row.getString(5) != null) {
                reply.shown.add(new Where(row.getString(5), row.getString(6)));
              }
            }
          }
          return byId;
        });
    byId.values().forEach(r -> replies.computeIfAbsent(r.question, q -> new ArrayList<>()).add(r));
  }

  private void compare(PlatformCrowd crowd, Optional<UnaryOperator<String>> expected) {
    List<Post> posts = crowd.posts();
    Map<Where, Post> byPlace =
        posts.stream().collect(Collectors.toMap(Books::where, Function.identity()));
    Set<Where> accounted = new HashSet<>();
    for (String question : crowd.asked()) {
      List<Reply> found = replies.getOrDefault(question, List.of());
      if (found.size() > 1) {
        doubled.add(question + " has " + found.size() + " replies");
      }
      found.forEach(reply -> accounted.addAll(reply.shown));
      if (found.isEmpty()) {
        lost.add(question + " was never taken");
      } else {
        compare(found.getFirst(), byPlace, expected);
      }
    }
    posts.stream()
        .filter(post -> !accounted.contains(where(post)) && !NOTES.contains(post.text()))
        .forEach(post -> doubled.add("nobody knows " + post));
    checkOrder(posts);
  }

  private static Where where(Post post) {
    return new Where(Long.toString(post.place()), Long.toString(post.id()));
  }

  private void compare(
      Reply reply, Map<Where, Post> posts, Optional<UnaryOperator<String>> expected) {
    String shown =
        reply.shown.stream()
            .filter(posts::containsKey)
            .map(where -> posts.get(where).text())
            .collect(Collectors.joining(" "));
    switch (reply.state) {
      case "delivered" -> {
        String answer = expected.map(one -> one.apply(reply.question)).orElse(reply.answer);
        if (!words(shown).equals(words(Markdown.format(answer).text()))) {
          broken.add(reply.question + " is answered " + shown + ", and not " + answer);
        }
      }
      case "failed" -> {
        failed++;
        if (!shown.contains(FAILED)) {
          lost.add(reply.question + " failed, and its person was told " + shown);
        }
      }
      default -> lost.add(reply.question + " is " + reply.state);
    }
  }

  /** Platforms mark styles in their own ways, and notes are no part of an answer. */
  private static String words(String text) {
    String without = text;
    for (String note : AROUND_ANSWERS) {
      without = without.replace(note, "");
    }
    return without.replaceAll("[^\\p{L}\\p{N}]", "");
  }

  /** Each person's answers stand in the order of their questions. */
  private void checkOrder(List<Post> posts) {
    Map<Where, String> questions = new HashMap<>();
    replies
        .values()
        .forEach(all -> all.forEach(r -> r.shown.forEach(at -> questions.put(at, r.question))));
    Map<String, Integer> latest = new HashMap<>();
    for (Post post : posts) {
      Matcher about = QUESTION.matcher(questions.getOrDefault(where(post), ""));
      if (about.matches()) {
        int number = Integer.parseInt(about.group(1));
        if (latest.getOrDefault(about.group(2), 0) > number) {
          disordered.add("too late: " + post);
        }
        latest.merge(about.group(2), number, Math::max);
      }
    }
  }

  /** What is not as it should be. */
  List<String> faults() {
    List<String> all = new ArrayList<>(damage);
    List.of(lost, doubled, broken, disordered).forEach(all::addAll);
    return all;
  }

  String table() {
    return """
    | reported failed | %d |
    | lost | %d |
    | doubled | %d |
    | not whole | %d |
    | out of order | %d |
    | integrity check | %s |
    """
        .formatted(
            failed,
            lost.size(),
            doubled.size(),
            broken.size(),
            disordered.size(),
            damage.isEmpty() ? "ok" : damage);
  }
}
