package dev.parley.usage;

import static dev.parley.storage.Stores.ADA;
import static dev.parley.storage.Stores.BOB;
import static dev.parley.storage.Stores.GROUP;
import static dev.parley.storage.Stores.PRIVATE;
import static dev.parley.storage.Stores.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.storage.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageStoreTest {
  /** In Taipei the day of the tests began seven hours after the one of UTC: it ends at 16:00. */
  private static final Instant MIDNIGHT = Instant.parse("2026-11-23T16:00:00Z");

  @TempDir Path folder;

  private Stores stores;
  private UsageStore usage;

  @BeforeEach
  void open() {
    stores = Stores.open(folder);
    usage = stores.usage;
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void questionsAndAnswersAddUpByPersonAndByPlace() {
    usage.asked(ADA, PRIVATE);
    usage.answered(ADA, PRIVATE, 100, 10);
    usage.asked(ADA, GROUP);
    usage.asked(BOB, GROUP);
    usage.answered(BOB, GROUP, 200, 20);

    assertThat(usage.today(ADA)).isEqualTo(new Totals(2, 1, 100, 10));
    assertThat(usage.today(GROUP)).isEqualTo(new Totals(2, 1, 200, 20));
    assertThat(usage.inAll(BOB)).isEqualTo(new Totals(1, 1, 200, 20));
  }

  @Test
  void peopleAndPlacesAreCountedAndRankedByTokens() {
    usage.asked(ADA, PRIVATE);
    stores.now = stores.now.plus(Duration.ofDays(29));
    usage.asked(BOB, GROUP);
    usage.answered(BOB, GROUP, 200, 20);
    usage.spent(ADA, PRIVATE, 100, 0);
    usage.spent(ADA, GROUP, 200, 0);

    assertThat(usage.peopleWithin(1)).isEqualTo(1);
    assertThat(usage.peopleWithin(29)).isEqualTo(1);
    assertThat(usage.peopleWithin(30)).isEqualTo(2);
    assertThat(usage.mostToday(9)).containsExactly(ADA, BOB);
    assertThat(usage.mostToday(1)).containsExactly(ADA);
    assertThat(usage.mostUsedToday(9)).containsExactly(GROUP, PRIVATE);
  }

  @Test
  void theDayChangesWhereTheOperatorLives() {
    usage.asked(ADA, PRIVATE);
    stores.now = MIDNIGHT.minusMillis(1);
    assertThat(usage.today(ADA).questions()).isEqualTo(1);

    stores.now = MIDNIGHT;
    assertThat(usage.today(ADA).questions()).isZero();
    assertThat(usage.inAll(ADA).questions()).isEqualTo(1);
  }

  @Test
  void theNextDayBeginsAtMidnightOfTheOperator() {
    assertThat(usage.nextDay()).isEqualTo(MIDNIGHT);
    stores.now = MIDNIGHT;
    assertThat(usage.nextDay()).isEqualTo(MIDNIGHT.plus(Duration.ofDays(1)));
  }

  @Test
  void whatIsUsedInAServerCountsAllItsPlacesAndNoOther() {
    usage.asked(ADA, PRIVATE);
    usage.answered(ADA, PRIVATE, 1_000, 500);
    usage.answered(ADA, GROUP, 100, 10);
    usage.answered(BOB, GROUP, 200, 20);

    assertThat(usage.today(ADA, SERVER)).isEqualTo(new Totals(0, 1, 100, 10));
    assertThat(usage.todayWithin(SERVER).tokens()).isEqualTo(330);
    assertThat(usage.todayWithin(PRIVATE).tokens()).isEqualTo(1_500);
  }

  @Test
  void whoAskedInPrivateOnTheLastDaysHasOneChat() {
    usage.asked(ADA, PRIVATE);
    usage.asked(BOB, GROUP);
    usage.answered(BOB, PRIVATE, 1, 1);

    assertThat(usage.privateChats(30)).containsExactly(Map.entry(ADA, PRIVATE));
    stores.now = stores.now.plus(Duration.ofDays(29));
    assertThat(usage.privateChats(30)).hasSize(1);
    stores.now = stores.now.plus(Duration.ofDays(1));
    assertThat(usage.privateChats(30)).isEmpty();
  }

  @Test
  void theLastDaysAreThereAlsoThoseWithoutUse() {
    usage.answered(ADA, PRIVATE, 1_000, 500);
    stores.now = stores.now.plus(Duration.ofDays(2));
    usage.answered(ADA, GROUP, 100, 10);
    usage.answered(ADA, PRIVATE, 100, 10);
    usage.answered(BOB, GROUP, 200, 20);

    assertThat(usage.lastDays(ADA, 3))
        .containsExactly(
            new Day(LocalDate.of(2026, 11, 23), new Totals(0, 1, 1_000, 500)),
            new Day(LocalDate.of(2026, 11, 24), new Totals(0, 0, 0, 0)),
            new Day(LocalDate.of(2026, 11, 25), new Totals(0, 2, 200, 20)));
    assertThat(usage.lastDays(ADA, 2)).hasSize(2);
  }

  @Test
  void aQuestionWithoutAnAnswerIsTakenBackFromItsOwnDay() {
    Instant asked = stores.now;
    usage.asked(ADA, PRIVATE);
    stores.now = asked.plus(Duration.ofDays(1));
    usage.asked(ADA, PRIVATE);
    usage.unanswered(ADA, PRIVATE, asked);

    assertThat(usage.today(ADA).questions()).isEqualTo(1);
    assertThat(usage.inAll(ADA).questions()).isEqualTo(1);
  }
}
