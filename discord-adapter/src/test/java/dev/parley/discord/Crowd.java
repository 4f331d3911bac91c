package dev.parley.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.language.Texts;
import dev.parley.queue.QueueLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A hundred people in five servers, their threads and private chats: what they ask, what the model
 * answers, and whether all of it is there.
 */
final class Crowd {
  /** A person asks more than a patient bot lets wait. */
  static final QueueLimits LIMITS = new QueueLimits(1_000, 2, 10_000);

  private static final int SERVERS = 5;
  private static final int PRIVATE = 10;
  private static final int IN_CHANNEL = 12;
  private static final int IN_THREAD = 6;
  private static final long FIRST_SERVER = 600_000_000_000_000_000L;
  private static final long NEXT_SERVER = 10_000;
  private static final long FIRST_PERSON = 1_000;
  private static final Pattern QUESTION = Pattern.compile("Question (\\d+) of person (\\d+)");

  /** Every so many answers one is longer than a message may be. */
  private static final int LONG_ANSWERS = 10;

  private final DiscordServer server;
  private final List<Guest> people = new ArrayList<>();

  /** The messages with the questions, by the questions. */
  private final Map<String, Long> asked = new TreeMap<>();

  Crowd(DiscordServer server) {
    this.server = server;
    for (int i = 0; i < PRIVATE; i++) {
      people.add(person());
    }
    for (int i = 0; i < SERVERS; i++) {
      long guild = FIRST_SERVER + i * NEXT_SERVER;
      server.addGuild(guild, "Server " + i);
      server.addThread(guild + 50, guild + 1, "Thread");
      for (int j = 0; j < IN_CHANNEL + IN_THREAD; j++) {
        people.add(person().in(j < IN_CHANNEL ? guild + 1 : guild + 50));
      }
    }
  }

  private Guest person() {
    long id = FIRST_PERSON + people.size();
    return Guest.inPrivate(server, id, "Person " + id, "en-US");
  }

  /** What the model answers. */
  static String answer(String question) {
    Matcher which = QUESTION.matcher(question);
    if (!which.find()) {
      throw new IllegalArgumentException(question);
    }
    int number = Integer.parseInt(which.group(1)) + Integer.parseInt(which.group(2));
    int sentences = number % LONG_ANSWERS == 0 ? 120 : 2;
    return IntStream.rangeClosed(1, sentences)
        .mapToObj(i -> "This is sentence " + i + " about " + which.group() + ".")
        .collect(Collectors.joining(" "));
  }

  /** Everybody asks their next question. */
  void ask(int number) {
    for (Guest person : people) {
      String question = "Question " + number + " of person " + person.id();
      asked.put(question, isPrivate(person) ? person.says(question) : person.mentions(question));
    }
  }

  private static boolean isPrivate(Guest person) {
    return person.channel() < FIRST_SERVER;
  }

  /** Whether every question has an answer that is whole, as far as one sees it. */
  void assertAllAreAnswered() {
    List<String> missing = new ArrayList<>(asked.keySet());
    people.stream()
        .map(Guest::channel)
        .distinct()
        .flatMap(channel -> server.ofBot(channel).stream())
        .filter(shown -> shown.buttons().contains("↻"))
        .map(shown -> QUESTION.matcher(shown.text()))
        .filter(Matcher::find)
        .forEach(about -> missing.remove(about.group()));
    assertThat(missing).isEmpty();
  }

  /** None is lost, none doubled, each is whole and in its place. */
  void assertAnswered() {
    List<String> answered = new ArrayList<>();
    for (Guest person : people) {
      Map<Integer, List<Shown>> answers = new TreeMap<>();
      int latest = 0;
      for (Shown shown : server.ofBot(person.channel())) {
        Matcher about = QUESTION.matcher(shown.text());
        assertThat(about.find()).as("an answer: %s", shown).isTrue();
        if (Long.parseLong(about.group(2)) == person.id()) {
          int number = Integer.parseInt(about.group(1));
          assertThat(number).as("the order at %s", shown).isGreaterThanOrEqualTo(latest);
          latest = number;
          answers.computeIfAbsent(number, key -> new ArrayList<>()).add(shown);
        }
      }
      answers.forEach(
          (number, parts) -> {
            String question = "Question " + number + " of person " + person.id();
            assertThat(text(parts)).isEqualTo(answer(question));
            assertThat(parts.getFirst().repliesTo()).isEqualTo(asked.get(question));
            answered.add(question);
          });
    }
    assertThat(answered).containsExactlyInAnyOrderElementsOf(asked.keySet());
  }

  /** Without what the first answer in a place says of answers. */
  private static String text(List<Shown> parts) {
    String honesty = Texts.of(Locale.ENGLISH).say("answer.honesty");
    return parts.stream()
        .map(Shown::text)
        .collect(Collectors.joining(" "))
        .replace("*" + honesty + "*", "")
        .strip();
  }
}
