package dev.parley.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.queue.GenerationRequest.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Five quarters of an hour of a thousand people in virtual time, through the real queue: six
 * hundred in private, four hundred in twenty groups. They read and think between their questions;
 * lengths have heavy tails; a crowd of three hundred comes at once; five people send fifty messages
 * each; titles are made in the background.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulationTest {
  private static final long SEED = 20_261_123;
  private static final Instant BEGIN = Instant.parse("2026-11-23T09:00:00Z");
  private static final double LAST_QUESTION = Duration.ofMinutes(75).toSeconds();
  private static final int PEOPLE = 1_000;
  private static final int NOISY = 5;
  private static final long FIRST_OF_NOISY = 10_000;
  private static final int IN_PRIVATE = 600;
  private static final int GROUPS = 20;
  private static final int PLACES = IN_PRIVATE + GROUPS;
  private static final int MOST_ANSWER_TOKENS = 512;
  private static final int MOST_PROMPT_TOKENS = 1_500;

  private final Random random = new Random(SEED);
  private final SimulatedModel model = new SimulatedModel();
  private final GenerationQueue queue =
      new GenerationQueue(
          model,
          new QueueLimits(50, 2, 5_000),
          () -> BEGIN.plusNanos((long) (model.now * 1e9)),
          Runnable::run);
  private final IdealSharing ideal = new IdealSharing();
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingDouble(Event::at));
  private final List<Asking> all = new ArrayList<>();
  private final List<Asking> begun = new ArrayList<>();
  private final int[] inQueue = new int[PEOPLE];
  private int answersWaiting;
  private int backgroundBeforePeople;
  private double busySeconds;
  private long tokens;

  private record Event(double at, Runnable what) {}

  /** One request and what became of it. */
  private static final class Asking {
    final int number;
    final int person;
    final Priority priority;
    final int tokens;
    final double askedAt;
    boolean noisy;
    boolean sentOne;
    OptionalDouble estimate = OptionalDouble.empty();
    double begunAt;
    double endedAt;

    Asking(int number, int person, Priority priority, int tokens, double askedAt) {
      this.number = number;
      this.person = person;
      this.priority = priority;
      this.tokens = tokens;
      this.askedAt = askedAt;
    }

    /** As people read it: never less than a second. */
    double error() {
      double real = Math.max(1, begunAt - askedAt);
      return Math.abs(Math.max(1, estimate.orElseThrow()) - real) / real;
    }
  }

  @BeforeAll
  void simulate() {
    double done = 0;
    double shared = 0;
    for (int person = 0; person < PEOPLE; person++) {
      int who = person;
      at(between(0, 2_700), () -> chat(who));
    }
    for (int i = 0; i < 300; i++) {
      int who = 300 + i * 2;
      at(2_500 + between(0, 30), () -> ask(who, Priority.ANSWER, who));
    }
    for (int i = 0; i < NOISY; i++) {
      int who = i * 97;
      at(1_000 + 500 * i, () -> sendFifty(who));
    }
    while (!events.isEmpty() || !model.idle()) {
      while (!events.isEmpty() && (model.idle() || events.peek().at <= model.now)) {
        Event event = events.remove();
        model.now = Math.max(model.now, event.at);
        event.what.run();
      }
      double before = model.now;
      int computed = model.step();
      busySeconds += model.now - before;
      tokens += computed;
      done += computed;
      if (model.now > shared + 1) {
        ideal.work(done, model.now);
        done = 0;
        shared = model.now;
      }
    }
    ideal.work(done, model.now);
    report();
  }

  @Test
  void everyoneIsAnswered() {
    assertThat(queue.size()).isZero();
    assertThat(all).allMatch(asking -> asking.endedAt > 0);
    assertThat(people().map(asking -> asking.person).distinct()).hasSize(PEOPLE);
  }

  @Test
  void nobodyStarves() {
    // served one by one instead of all at once, each place can be ahead by an answer (Goyal 1996)
    double secondsOfAnAnswer = busySeconds * meanTokens() / tokens;
    double latest =
        people().mapToDouble(a -> a.begunAt - ideal.doneAt(a.number)).max().orElseThrow();

    assertThat(latest).isLessThanOrEqualTo(PLACES * secondsOfAnAnswer);
  }

  @Test
  void fiftyMessagesDelayNobodyInPrivateByMoreThanOneAnswer() {
    for (Asking alone : people().filter(a -> a.person < IN_PRIVATE && a.sentOne).toList()) {
      Map<Integer, Long> ahead =
          begun.stream()
              .filter(a -> a.noisy && a.begunAt > alone.askedAt && a.begunAt < alone.begunAt)
              .filter(a -> a.person != alone.person)
              .collect(Collectors.groupingBy(a -> a.person, Collectors.counting()));
      assertThat(ahead.values()).as("ahead of person " + alone.person).allMatch(n -> n <= 1);
    }
  }

  @Test
  void backgroundWorkBeginsWhenNobodyWaits() {
    assertThat(all).anyMatch(asking -> asking.priority == Priority.BACKGROUND);
    assertThat(backgroundBeforePeople).isZero();
  }

  @Test
  void estimatesAreWithinThirtyPercentInTheMean() {
    List<Asking> told = told();

    assertThat(told).hasSizeGreaterThan(300);
    assertThat(told.stream().mapToDouble(Asking::error).average().orElseThrow())
        .isLessThanOrEqualTo(0.30);
  }

  private Stream<Asking> people() {
    return all.stream().filter(asking -> asking.priority == Priority.ANSWER);
  }

  /** Those who waited and asked how long. */
  private List<Asking> told() {
    return people().filter(a -> a.estimate.isPresent()).toList();
  }

  private double meanTokens() {
    return people().mapToInt(a -> a.tokens).average().orElseThrow();
  }

  private void report() {
    List<Asking> told = told();
    System.out.printf(
        "%d answers, %d in the background, %.2f s of the model each; seed %d%n",
        people().count(), all.size() - people().count(), busySeconds * meanTokens() / tokens, SEED);
    System.out.printf(
        "longest wait %.0f s, at most %.0f s later than ideal; %d estimates, mean error %.3f%n",
        people().mapToDouble(a -> a.begunAt - a.askedAt).max().orElseThrow(),
        people().mapToDouble(a -> a.begunAt - ideal.doneAt(a.number)).max().orElseThrow(),
        told.size(),
        told.stream().mapToDouble(Asking::error).average().orElseThrow());
  }

  private void chat(int person) {
    if (model.now < LAST_QUESTION) {
      ask(person, Priority.ANSWER, person);
    }
  }

  private void sendFifty(int person) {
    for (int i = 0; i < 50; i++) {
      ask(person, Priority.ANSWER, FIRST_OF_NOISY + person * 100L + i);
    }
  }

  private void ask(int person, Priority priority, long conversation) {
    int prompt = length(200, 0.8, MOST_PROMPT_TOKENS);
    int answer = length(100, 0.9, MOST_ANSWER_TOKENS);
    Asking asking = new Asking(all.size(), person, priority, prompt + answer, model.now);
    asking.noisy = conversation >= FIRST_OF_NOISY;
    asking.sentOne = inQueue[person]++ == 0 && !asking.noisy && priority == Priority.ANSWER;
    answersWaiting += priority == Priority.ANSWER ? 1 : 0;
    String place = place(person);
    try {
      QueuedGeneration queued =
          queue.submit(
              Asked.request(
                  "person " + person,
                  place,
                  conversation,
                  priority,
                  () -> {
                    asking.begunAt = model.now;
                    begun.add(asking);
                    if (priority == Priority.ANSWER) {
                      answersWaiting--;
                    } else if (answersWaiting > 0) {
                      backgroundBeforePeople++;
                    }
                    return Asked.prompt(SimulatedModel.prompt(prompt, answer));
                  }),
              result -> ended(asking, conversation));
      all.add(asking);
      if (all.size() % 4 == 0) { // a forecast for each would take minutes
        asking.estimate =
            queued.estimate().stream().mapToDouble(wait -> wait.toNanos() / 1e9).findFirst();
      }
      if (priority == Priority.ANSWER) {
        ideal.add(asking.number, place, "person " + person, asking.tokens);
      }
    } catch (QueueFullException full) {
      inQueue[person]--;
      answersWaiting -= priority == Priority.ANSWER ? 1 : 0;
      at(
          model.now + Math.max(1, full.untilRoom().toSeconds()),
          () -> ask(person, priority, conversation));
    }
  }

  private void ended(Asking asking, long conversation) {
    asking.endedAt = model.now;
    inQueue[asking.person]--;
    if (asking.priority == Priority.ANSWER && conversation == asking.person) {
      at(model.now + exponential(2_700), () -> chat(asking.person));
      if (random.nextInt(5) == 0) {
        at(model.now, () -> ask(asking.person, Priority.BACKGROUND, conversation));
      }
    }
  }

  private static String place(int person) {
    return person < IN_PRIVATE ? "private " + person : "group " + person % GROUPS;
  }

  private void at(double time, Runnable what) {
    events.add(new Event(time, what));
  }

  private double between(double from, double to) {
    return from + random.nextDouble() * (to - from);
  }

  private double exponential(double mean) {
    return -mean * Math.log(1 - random.nextDouble());
  }

  private int length(double median, double spread, int most) {
    return Math.clamp(Math.round(median * Math.exp(spread * random.nextGaussian())), 4, most);
  }
}
