package dev.parley.telegram;

import dev.parley.core.Questions;
import dev.parley.core.Questions.Post;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A hundred people in twenty chats, ten of them private and ten groups of nine. */
final class Crowd {
  private static final int CHATS = 10;
  private static final int IN_GROUP = 9;
  private static final long FIRST_GROUP = -1_001_000_000_000L;
  private static final String MENTION = "@parley_test_bot ";

  private final BotApiServer server;
  private final List<Member> people = new ArrayList<>();
  private final Questions questions = new Questions();

  Crowd(BotApiServer server) {
    this(server, CHATS, IN_GROUP);
  }

  /** One with so many private chats, and as many groups of so many people. */
  Crowd(BotApiServer server, int chats, int inGroup) {
    this.server = server;
    for (int chat = 0; chat < chats; chat++) {
      people.add(person(people.size() + 1, people.size() + 1));
      for (int i = 0; i < inGroup; i++) {
        people.add(person(people.size() + 1, FIRST_GROUP - chat));
      }
    }
  }

  private Member person(int number, long chat) {
    return new Member(server, number, "Person " + number, "en", chat);
  }

  /** Everybody asks their next question. */
  void ask(int number) {
    for (Member person : people) {
      String question = Questions.text(number, person.id());
      questions.asked(question, person.says((person.chat() < 0 ? MENTION : "") + question));
    }
  }

  /** The questions that have no answer that is whole, as far as one sees it. */
  List<String> missing() {
    return questions.missing(posts().stream());
  }

  /** The questions that were asked. */
  Set<String> asked() {
    return questions.asked();
  }

  /** All that the bot said, in the order of each place. */
  List<Post> posts() {
    return people.stream()
        .map(Member::chat)
        .distinct()
        .flatMap(chat -> posts(chat).stream())
        .toList();
  }

  /** None is lost, none doubled, each is whole and in its place. */
  void assertAnswered() {
    for (Member person : people) {
      questions.assertAnswered(person.id(), posts(person.chat()), person.chat() < 0);
    }
  }

  private List<Post> posts(long chat) {
    return server.ofBot(chat).stream()
        .map(
            shown ->
                new Post(
                    chat,
                    shown.id(),
                    shown.text(),
                    shown.buttons().contains("↻"),
                    shown.repliesTo()))
        .toList();
  }
}
