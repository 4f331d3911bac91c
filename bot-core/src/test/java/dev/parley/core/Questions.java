package dev.parley.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.language.Texts;
import dev.parley.queue.QueueLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a crowd asks on a platform, what the model answers, and whether all of it is there. */
public final class Questions {
  /** A person asks more than a patient bot lets wait. */
  public static final QueueLimits LIMITS = new QueueLimits(1_000, 2, 10_000);

  private static final Pattern QUESTION = Pattern.compile("Question (\\d+) of person (\\d+)");

  /** Every so many answers one is longer than a message may be. */
  private static final int LONG_ANSWERS = 10;

  private static final int LONG = 250;
  private static final int SHORT = 2;

  /** The messages with the questions, by the questions. */
  private final Map<String, Long> asked = new TreeMap<>();

  /**
   * A message of the bot.
   *
   * @param place the platform's number of where it stands
   * @param id the platform's number
   * @param finished whether the buttons stand under it that stand under an answer
   * @param repliesTo the message that it replies to; 0 where it replies to none
   */
  public record Post(long place, long id, String text, boolean finished, long repliesTo) {}

  public static String text(int number, long person) {
    return "Question " + number + " of person " + person;
  }

  /** What the model answers. */
  public static String answer(String question) {
    Matcher which = QUESTION.matcher(question);
    if (!which.find()) {
      throw new IllegalArgumentException(question);
    }
    int number = Integer.parseInt(which.group(1)) + Integer.parseInt(which.group(2));
    int sentences = number % LONG_ANSWERS == 0 ? LONG : SHORT;
    return IntStream.rangeClosed(1, sentences)
        .mapToObj(i -> "This is sentence " + i + " about " + which.group() + ".")
        .collect(Collectors.joining(" "));
  }

  /** A question stands in a message. */
  public void asked(String question, long message) {
    asked.put(question, message);
  }

  /** The questions that were asked. */
  public Set<String> asked() {
    return Set.copyOf(asked.keySet());
  }

  /** The questions that have no answer that is whole, as far as one sees it. */
  public List<String> missing(Stream<Post> posts) {
    List<String> missing = new ArrayList<>(asked.keySet());
    posts
        .filter(Post::finished)
        .map(post -> QUESTION.matcher(post.text()))
        .filter(Matcher::find)
        .forEach(about -> missing.remove(about.group()));
    return missing;
  }

  /**
   * What one person asked was answered once, in order, and whole.
   *
   * @param posts the bot's messages where the person is, also to others
   * @param inGroup whether an answer has to reply to its question
   */
  public void assertAnswered(long person, List<Post> posts, boolean inGroup) {
    Map<Integer, List<Post>> answers = new TreeMap<>();
    int latest = 0;
    for (Post post : posts) {
      Matcher about = QUESTION.matcher(post.text());
      assertThat(about.find()).as("an answer: %s", post).isTrue();
      if (Long.parseLong(about.group(2)) == person) {
        int number = Integer.parseInt(about.group(1));
        assertThat(number).as("the order at %s", post).isGreaterThanOrEqualTo(latest);
        latest = number;
        answers.computeIfAbsent(number, key -> new ArrayList<>()).add(post);
      }
    }
    answers.forEach(
        (number, parts) -> {
          String question = text(number, person);
          assertThat(whole(parts)).isEqualTo(answer(question));
          if (inGroup) {
            assertThat(parts.getFirst().repliesTo()).isEqualTo(asked.get(question));
          }
        });
    List<String> own =
        asked.keySet().stream().filter(question -> question.endsWith(" " + person)).toList();
    assertThat(answers.keySet().stream().map(number -> text(number, person)))
        .containsExactlyInAnyOrderElementsOf(own);
  }

  /** Without what the first answer in a place says of answers. */
  private static String whole(List<Post> parts) {
    String honesty = Texts.of(Locale.ENGLISH).say("answer.honesty");
    return parts.stream()
        .map(Post::text)
        .collect(Collectors.joining(" "))
        .replace("*" + honesty + "*", "")
        .replace(honesty, "")
        .strip();
  }
}
