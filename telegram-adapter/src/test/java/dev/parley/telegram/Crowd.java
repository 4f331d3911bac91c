package dev.parley.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.language.Texts;
import dev.parley.queue.QueueLimits;
import dev.parley.telegram.Chats.Shown;
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
 * A hundred people in twenty chats, ten of them private and ten groups of nine: what they ask, what
 * the model answers, and whether all of it is there.
 */
final class Crowd {
  /** A person asks more than a patient bot lets wait. */
  static final QueueLimits LIMITS = new QueueLimits(1_000, 2, 10_000);

  private static final int CHATS = 10;
  private static final int IN_GROUP = 9;
  private static final long FIRST_GROUP = -1_001_000_000_000L;
  private static final String MENTION = "@parley_test_bot ";
  private static final Pattern QUESTION = Pattern.compile("Question (\\d+) of person (\\d+)");

  /** Every so many answers one is longer than a message may be. */
  private static final int LONG_ANSWERS = 10;

  private final BotApiServer server;
  private final List<Member> people = new ArrayList<>();

  /** The messages with the questions, by the questions. */
  private final Map<String, Integer> asked = new TreeMap<>();

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

  /** What the model answers. */
  static String answer(String question) {
    Matcher which = QUESTION.matcher(question);
    if (!which.find()) {
      throw new IllegalArgumentException(question);
    }
    int number = Integer.parseInt(which.group(1)) + Integer.parseInt(which.group(2));
    int sentences = number % LONG_ANSWERS == 0 ? 250 : 2;
    return IntStream.rangeClosed(1, sentences)
        .mapToObj(i -> "This is sentence " + i + " about " + which.group() + ".")
        .collect(Collectors.joining(" "));
  }

  /** Everybody asks their next question. */
  void ask(int number) {
    for (Member person : people) {
      String question = "Question " + number + " of person " + person.id();
      asked.put(question, person.says((person.chat() < 0 ? MENTION : "") + question));
    }
  }

  /** Whether every question has an answer that is whole, as far as one sees it. */
  boolean isAnswered() {
    return asked.size()
        <= people.stream()
            .map(Member::chat)
            .distinct()
            .flatMap(chat -> server.ofBot(chat).stream())
            .filter(shown -> shown.buttons().contains("↻"))
            .count();
  }

  /** None is lost, none doubled, each is whole and in its place. */
  void assertAnswered() {
    List<String> answered = new ArrayList<>();
    for (Member person : people) {
      Map<Integer, List<Shown>> answers = new TreeMap<>();
      int latest = 0;
      for (Shown shown : server.ofBot(person.chat())) {
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
            if (person.chat() < 0) {
              assertThat(parts.getFirst().repliesTo()).isEqualTo(asked.get(question));
            }
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
        .replace(honesty, "")
        .strip();
  }
}
