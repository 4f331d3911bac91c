package dev.parley.chat;

import static dev.parley.storage.Stores.ADA;
import static dev.parley.storage.Stores.BOB;
import static dev.parley.storage.Stores.GROUP;
import static dev.parley.storage.Stores.PRIVATE;
import static dev.parley.storage.Stores.SERVER;
import static dev.parley.storage.Stores.TAIPEI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chat.DailyLimits.Kind;
import dev.parley.chat.DailyLimits.Limit;
import dev.parley.language.Texts;
import dev.parley.person.Operators;
import dev.parley.platform.Feature;
import dev.parley.platform.Person;
import dev.parley.platform.PersonId;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import dev.parley.storage.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DailyLimitsTest {
  private static final Person PLAIN = new Person(ADA, "Ada", Locale.ENGLISH, false);
  private static final PersonId OLGA = new PersonId("telegram", "4");
  private static final Texts ENGLISH = Texts.of(Locale.ENGLISH);

  @TempDir Path folder;

  private Stores stores;

  @BeforeEach
  void open() {
    stores = Stores.open(folder);
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void withoutLimitsEveryoneMayAsk() {
    stores.usage.answered(ADA, PRIVATE, 900_000, 900_000);

    assertThat(operator(Map.of()).of(PLAIN, PRIVATE)).isEmpty();
  }

  @Test
  void whoHadTheLastAnswerIsToldWhichItWasAndWhenThereIsMore() {
    DailyLimits limits = operator(Map.of("messages-per-day", "2"));
    stores.usage.asked(ADA, PRIVATE);
    assertThat(limits.refusal(PLAIN, PRIVATE, ENGLISH)).isEmpty();
    stores.usage.asked(ADA, GROUP);

    assertThat(limits.refusal(PLAIN, PRIVATE, ENGLISH).orElseThrow().text())
        .startsWith("That was your 2nd answer today. I'm back for you at 12:00");
    stores.now = stores.now.plus(Duration.ofHours(1));
    assertThat(limits.refusal(PLAIN, PRIVATE, ENGLISH)).isEmpty();
  }

  @Test
  void tokensOfAPersonCountInAllPlaces() {
    DailyLimits limits = operator(Map.of("tokens-per-day", "1000"));
    stores.usage.answered(ADA, PRIVATE, 600, 100);
    assertThat(limits.of(PLAIN, GROUP)).containsExactly(new Limit(Kind.TOKENS, 700, 1_000));
    stores.usage.answered(ADA, GROUP, 200, 100);

    assertThat(limits.refusal(PLAIN, GROUP, ENGLISH).orElseThrow().text())
        .startsWith("You have used what I can read and write for you in a day.");
    assertThat(limits.refusal(person(BOB.id()), GROUP, ENGLISH)).isEmpty();
  }

  @Test
  void whatAServerSetsCountsOnlyWhatWasUsedInIt() {
    stores.settings.set(SERVER, Setting.TOKENS_PER_DAY, 100);
    DailyLimits limits = operator(Map.of());
    stores.usage.answered(ADA, PRIVATE, 600, 100);

    assertThat(limits.refusal(PLAIN, GROUP, ENGLISH)).isEmpty();
    stores.usage.answered(ADA, GROUP, 90, 10);
    assertThat(limits.refusal(PLAIN, GROUP, ENGLISH)).isPresent();
    assertThat(limits.refusal(PLAIN, PRIVATE, ENGLISH)).isEmpty();
  }

  @Test
  void aPlaceMakesALimitTighterButLiftsNone() {
    Map<String, String> configured =
        Map.of("messages-per-day", "3", "tokens-per-day", "900", "place-tokens-per-day", "2000");
    stores.usage.asked(ADA, PRIVATE);
    stores.settings.set(GROUP, Setting.MESSAGES_PER_DAY, 0);
    stores.settings.set(GROUP, Setting.TOKENS_PER_DAY, 10_000);
    stores.settings.set(GROUP, Setting.PLACE_TOKENS_PER_DAY, 50);
    assertThat(operator(configured).of(PLAIN, GROUP))
        .containsExactly(
            new Limit(Kind.ANSWERS, 1, 3),
            new Limit(Kind.TOKENS, 0, 900),
            new Limit(Kind.TOKENS_OF_PLACE, 0, 50));

    stores.settings.set(GROUP, Setting.MESSAGES_PER_DAY, 1);
    assertThat(operator(configured).of(PLAIN, GROUP)).contains(new Limit(Kind.ANSWERS, 0, 1));
  }

  @Test
  void aPlaceHasABudgetForEveryoneTogether() {
    DailyLimits limits = operator(Map.of("place-tokens-per-day", "300"));
    stores.usage.answered(ADA, GROUP, 100, 100);
    stores.usage.answered(BOB, GROUP, 90, 10);

    assertThat(limits.refusal(PLAIN, GROUP, ENGLISH).orElseThrow().text())
        .startsWith("Everyone here");
    assertThat(limits.refusal(PLAIN, PRIVATE, ENGLISH)).isEmpty();
  }

  @Test
  void theMostGenerousRoleCountsAndNoLimitIsTheMostGenerous() {
    DailyLimits limits =
        operator(
            Map.of(
                "tokens-per-day", "100",
                "role-tokens-per-day", "Guests=10, Patrons = 500, Staff=0"));

    assertThat(limits.of(PLAIN, PRIVATE)).containsExactly(new Limit(Kind.TOKENS, 0, 100));
    assertThat(limits.of(person("1", "Guests"), PRIVATE))
        .containsExactly(new Limit(Kind.TOKENS, 0, 10));
    assertThat(limits.of(person("1", "Guests", "Patrons"), PRIVATE))
        .containsExactly(new Limit(Kind.TOKENS, 0, 500));
    assertThat(limits.of(person("1", "Patrons", "Staff", "Guests"), PRIVATE)).isEmpty();
  }

  @Test
  void whoManagesAPlaceHasARoleOnEveryPlatform() {
    DailyLimits limits =
        operator(Map.of("tokens-per-day", "100", "role-tokens-per-day", "admins=900"));

    assertThat(limits.of(new Person(BOB, "Bob", Locale.ENGLISH, true), GROUP))
        .containsExactly(new Limit(Kind.TOKENS, 0, 900));
    assertThat(limits.of(person(BOB.id()), GROUP)).containsExactly(new Limit(Kind.TOKENS, 0, 100));
  }

  @Test
  void budgetsOfTheOperatorAreKnownByIdAlone() {
    DailyLimits limits = operator(Map.of("tokens-per-day", "1000", "place-tokens-per-day", "300"));

    assertThat(limits.budget(PLAIN.id())).contains(new Limit(Kind.TOKENS, 0, 1000));
    assertThat(limits.budget(GROUP)).contains(new Limit(Kind.TOKENS_OF_PLACE, 0, 300));
    assertThat(operator(Map.of()).budget(PLAIN.id())).isEmpty();
    assertThat(operator(Map.of()).budget(GROUP)).isEmpty();
  }

  @Test
  void operatorsHaveNoLimits() {
    DailyLimits limits = operator(Map.of("tokens-per-day", "100", "place-tokens-per-day", "100"));
    stores.usage.answered(ADA, GROUP, 900, 100);

    assertThat(limits.of(new Person(OLGA, "Olga", Locale.ENGLISH, false), GROUP)).isEmpty();
    assertThat(limits.of(PLAIN, GROUP)).hasSize(2);
  }

  @Test
  void ofALimitExactlyTheAnswerTellsThatTakesFourFifthsOfIt() {
    DailyLimits limits = operator(Map.of("tokens-per-day", "1000"));

    assertThat(answer(limits, 799)).isEmpty();
    assertThat(answer(limits, 1).orElseThrow())
        .startsWith("You have used 80 % of what I can read and write for you in a day;");
    assertThat(answer(limits, 199)).isEmpty();
    assertThat(answer(limits, 500)).isEmpty();
    stores.now = stores.now.plus(Duration.ofDays(1));
    assertThat(answer(limits, 2_000).orElseThrow()).startsWith("You have used 100 %");
  }

  @Test
  void manyAnswersAtOnceTellItOnce() throws InterruptedException {
    DailyLimits limits = operator(Map.of("tokens-per-day", "1000"));
    Queue<String> told = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      threads.add(Thread.startVirtualThread(() -> answer(limits, 45).ifPresent(told::add)));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(told).hasSize(1);
  }

  private Optional<String> answer(DailyLimits limits, int tokens) {
    return limits.nearedByAnswer(
        PLAIN, PRIVATE, tokens, ENGLISH, () -> stores.usage.answered(ADA, PRIVATE, tokens - 1, 1));
  }

  private DailyLimits operator(Map<String, String> configured) {
    return new DailyLimits(
        stores.usage,
        new Settings(
            stores.database, stores.places, name -> EnumSet.allOf(Feature.class), configured),
        new Operators(Set.of(OLGA)),
        TAIPEI);
  }

  private static Person person(String id, String... roles) {
    return new Person(
        id.equals(ADA.id()) ? ADA : BOB, "Somebody", Locale.ENGLISH, false, Set.of(roles));
  }
}
