package dev.parley.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.storage.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {
  private static final Chat PRIVATE = new Chat(1, Optional.empty());
  private static final Chat GROUP = new Chat(-5, Optional.empty());

  @TempDir Path folder;
  private Instant now = Instant.EPOCH;
  private Duration clockIsAhead = Duration.ZERO;
  private Database database;
  private Pace pace;

  @BeforeEach
  void start() {
    database = Database.open(folder.resolve("parley.db"));
    pace = started();
  }

  @AfterEach
  void stop() {
    database.close();
  }

  private Pace started() {
    return new Pace(
        new Timing(
            this::clock,
            () -> Duration.between(Instant.EPOCH, now).toNanos(),
            duration -> {},
            Duration.ZERO),
        new Pauses(database, this::clock),
        new Posts(database, this::clock));
  }

  private Instant clock() {
    return now.plus(clockIsAhead);
  }

  @Test
  void anHourAtTheLimitNeverHasMoreThanTwentyInAnyMinuteOfAGroup() {
    List<Instant> sent = new ArrayList<>();
    while (now.isBefore(Instant.EPOCH.plus(Duration.ofHours(1)))) {
      now = now.plus(pace.reserve(GROUP));
      sent.add(now);
    }
    assertThat(sent).hasSizeGreaterThan(900);
    for (int i = 0; i + 20 < sent.size(); i++) {
      assertThat(Duration.between(sent.get(i), sent.get(i + 20)))
          .isGreaterThan(Duration.ofMinutes(1));
    }
  }

  @Test
  void aPauseHoldsItsChatForAllItsTimeAndNoOther() {
    pace.pause(GROUP, Duration.ofSeconds(90));

    assertThat(pace.reserve(GROUP)).isEqualTo(Duration.ofSeconds(90));
    assertThat(pace.reserve(PRIVATE)).isZero();
  }

  @Test
  void aRestartForgetsNoPause() {
    pace.pause(GROUP, Duration.ofSeconds(90));
    pace.pause(PRIVATE, Duration.ofSeconds(5));
    now = now.plusSeconds(10);

    Pace next = started();

    assertThat(next.reserve(GROUP)).isEqualTo(Duration.ofSeconds(80));
    assertThat(next.reserve(PRIVATE)).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {-10, 10})
  void aClockThatJumpsHoldsNoChatAndEndsNoPause(long hours) {
    pace.reserve(GROUP);
    pace.pause(PRIVATE, Duration.ofSeconds(5));

    clockIsAhead = Duration.ofHours(hours);

    assertThat(pace.reserve(GROUP)).isZero();
    assertThat(pace.reserve(PRIVATE)).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void aPauseOfAnEarlierProcessWhoseClockWasAheadIsNoLongerThanWasAsked() {
    clockIsAhead = Duration.ofHours(10);
    pace.pause(GROUP, Duration.ofSeconds(30));
    clockIsAhead = Duration.ZERO;

    assertThat(started().reserve(GROUP)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void afterARestartAChatThatWasBusyMaySendNothingAtOnce() {
    new Posts(database, this::clock).begin("reply-1", GROUP, 0);

    Pace next = started();

    assertThat(next.reserve(GROUP)).isZero();
    assertThat(next.reserve(GROUP)).isEqualTo(Duration.ofSeconds(4));
    assertThat(pace.reserve(GROUP)).isZero();
    assertThat(pace.reserve(GROUP)).isZero();
  }

  /**
   * Forty chats at full speed for an hour, each call on its way for up to a second, and some of
   * them refused for no reason that a bot could know.
   */
  @Test
  void anHourAtFullSpeedIsNeverToldToWaitLongerBecauseItDidNotWait() {
    Flood flood = new Flood(() -> now);
    Random random = new Random(20_261_124);
    List<Chat> chats =
        IntStream.rangeClosed(1, 20)
            .boxed()
            .flatMap(id -> Stream.of(id, -id))
            .map(id -> new Chat(id, Optional.empty()))
            .toList();
    Map<Chat, Integer> allowed = new HashMap<>();
    Map<Chat, Instant> pausedUntil = new HashMap<>();
    PriorityQueue<Step> steps = new PriorityQueue<>(Comparator.comparing(Step::at));
    chats.forEach(chat -> steps.add(new Step(now, chat, Step.Kind.TURN)));
    while (steps.element().at.isBefore(Instant.EPOCH.plus(Duration.ofHours(1)))) {
      Step step = steps.remove();
      now = step.at;
      switch (step.kind) {
        case TURN -> {
          Instant sent = now.plus(pace.reserve(step.chat));
          assertThat(sent).isAfterOrEqualTo(pausedUntil.getOrDefault(step.chat, now));
          steps.add(step.next(sent.plusMillis(random.nextInt(500)), Step.Kind.ARRIVAL));
        }
        case ARRIVAL -> {
          Optional<Duration> wait =
              random.nextInt(200) == 0
                  ? Optional.of(flood.refuse(step.chat.id(), Duration.ofSeconds(30)))
                  : flood.call(step.chat.id());
          Instant heard = now.plusMillis(random.nextInt(500));
          if (wait.isEmpty()) {
            allowed.merge(step.chat, 1, Integer::sum);
            steps.add(step.next(heard, Step.Kind.TURN));
          } else {
            pausedUntil.put(step.chat, heard.plus(wait.get()));
            steps.add(step.next(heard, Step.Kind.REFUSAL));
          }
        }
        case REFUSAL -> {
          pace.pause(step.chat, Duration.between(now, pausedUntil.get(step.chat)));
          steps.add(step.next(now, Step.Kind.TURN));
        }
      }
    }
    assertThat(flood.ignored()).isZero();
    assertThat(flood.refused()).isGreaterThan(100);
    assertThat(allowed).hasSize(40);
    allowed.forEach(
        (chat, calls) -> assertThat(calls).isGreaterThan(chat.isPrivate() ? 1_000 : 500));
  }

  /** What happens next in a chat. */
  private record Step(Instant at, Chat chat, Kind kind) {
    enum Kind {
      TURN,
      ARRIVAL,
      REFUSAL
    }

    Step next(Instant then, Kind what) {
      return new Step(then, chat, what);
    }
  }
}
