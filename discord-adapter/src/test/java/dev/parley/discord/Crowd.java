package dev.parley.discord;

import dev.parley.core.Questions;
import dev.parley.core.Questions.Post;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A hundred people in five servers, their threads and private chats. */
final class Crowd {
  private static final int SERVERS = 5;
  private static final int PRIVATE = 10;
  private static final int IN_CHANNEL = 12;
  private static final int IN_THREAD = 6;
  private static final long FIRST_SERVER = 600_000_000_000_000_000L;
  private static final long NEXT_SERVER = 10_000;
  private static final long FIRST_PERSON = 1_000;

  private final DiscordServer server;
  private final List<Guest> people = new ArrayList<>();
  private final Questions questions = new Questions();

  Crowd(DiscordServer server) {
    this(server, SERVERS, PRIVATE, IN_CHANNEL, IN_THREAD);
  }

  /** One with so many servers and private chats, and so many people in each channel and thread. */
  Crowd(DiscordServer server, int servers, int privately, int inChannel, int inThread) {
    this.server = server;
    for (int i = 0; i < privately; i++) {
      people.add(person());
    }
    for (int i = 0; i < servers; i++) {
      long guild = FIRST_SERVER + i * NEXT_SERVER;
      server.addGuild(guild, "Server " + i);
      server.addThread(guild + 50, guild + 1, "Thread");
      for (int j = 0; j < inChannel + inThread; j++) {
        people.add(person().in(j < inChannel ? guild + 1 : guild + 50));
      }
    }
  }

  private Guest person() {
    long id = FIRST_PERSON + people.size();
    return Guest.inPrivate(server, id, "Person " + id, "en-US");
  }

  /** Everybody asks their next question. */
  void ask(int number) {
    for (Guest person : people) {
      String question = Questions.text(number, person.id());
      questions.asked(
          question, isPrivate(person) ? person.says(question) : person.mentions(question));
    }
  }

  private static boolean isPrivate(Guest person) {
    return person.channel() < FIRST_SERVER;
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
        .map(Guest::channel)
        .distinct()
        .flatMap(channel -> posts(channel).stream())
        .toList();
  }

  /** None is lost, none doubled, each is whole and in its place. */
  void assertAnswered() {
    for (Guest person : people) {
      questions.assertAnswered(person.id(), posts(person.channel()), true);
    }
  }

  private List<Post> posts(long channel) {
    return server.ofBot(channel).stream()
        .map(
            shown ->
                new Post(
                    channel,
                    shown.id(),
                    shown.text(),
                    shown.buttons().contains("↻"),
                    shown.repliesTo()))
        .toList();
  }
}
