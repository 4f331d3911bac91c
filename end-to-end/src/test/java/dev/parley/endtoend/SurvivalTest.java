package dev.parley.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.core.Questions;
import dev.parley.discord.DiscordCrowd;
import dev.parley.telegram.TelegramCrowd;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program as an operator starts it, on both platforms at their own pace, killed again and again
 * while people talk to it, and a tenth of all calls fails; unless {@code -Dblows=false} worse
 * happens to it in turn. What happens, and when, follows from a seed; a table says what came of it.
 *
 * <p>{@code -Dcrowd=full} lets a hundred people on each platform ask; {@code -Dkills}, {@code
 * -Dlatest-kill} (seconds after what happened before), {@code -Dseed} and {@code -Dquiet} (seconds
 * without a blow at the end, for the figures of memory) set the rest. With {@code
 * -Dsmall-model=FILE} a model in the program answers.
 */
class SurvivalTest {
  private static final boolean FULL = "full".equals(System.getProperty("crowd"));
  private static final boolean BLOWS = !"false".equals(System.getProperty("blows"));
  private static final int KILLS = Integer.getInteger("kills", FULL ? 200 : 5);
  private static final int QUIET_SECONDS = Integer.getInteger("quiet", FULL ? 3_600 : 0);
  private static final int ENOUGH_FOR_GROWTH = 3_600;
  private static final long SEED = Long.getLong("seed", 20_261_126);

  /** A call that is met by silence takes half a minute, and one answer may meet several. */
  private static final Duration LONGEST = FULL ? Duration.ofHours(1) : Duration.ofMinutes(15);

  /** After it has connected: from its first calls to the middle of the talk. */
  private static final int LATEST_KILL_MILLIS =
      1_000 * Integer.getInteger("latest-kill", FULL ? 15 : 4);

  /** A blow lasts longer than a write waits for its database, at times. */
  private static final int LONGEST_BLOW_MILLIS = FULL ? 12_000 : 1_500;

  /** People would ask quicker otherwise than platforms let answer, those in groups most of all. */
  private static final int SECONDS_A_ROUND = FULL ? 180 : 0;

  private static final int MOST_ROUNDS = Integer.getInteger("rounds", FULL ? Integer.MAX_VALUE : 3);

  /** Before that everybody's answer is waited for: what a backup lacks is lost with the file. */
  private static final int TURNS_FOR_A_DAMAGE = 4;

  private static final Duration LONGEST_SHUTDOWN = Duration.ofSeconds(60);
  private static final int DISK_MEGABYTES = 300;

  @TempDir Path folder;

  private final Random random = new Random(SEED);
  private final Map<Blow, Integer> blows = new EnumMap<>(Blow.class);
  private final Vitals vitals = new Vitals();
  private int kills;
  private int rounds;
  private long lastRound = System.nanoTime() - TimeUnit.DAYS.toNanos(1);
  private Optional<SmallDisk> disk = Optional.empty();
  private Optional<Process> running = Optional.empty();

  @Test
  void everybodyIsAnsweredOnceWhateverHappensToTheProgram() throws Exception {
    System.out.println("Survival, seed " + SEED);
    Files.createDirectories(folder.resolve("home"));
    if (SmallDisk.canMount()) {
      disk = Optional.of(new SmallDisk(folder.resolve("home"), DISK_MEGABYTES));
    }
    try (PlatformCrowd telegram = new TelegramCrowd(FULL, SEED);
        PlatformCrowd discord = new DiscordCrowd(FULL, SEED);
        ModelServer model = new ModelServer(Questions::answer)) {
      List<PlatformCrowd> crowds = List.of(telegram, discord);
      try {
        survive(program(crowds, model), crowds);
      } finally {
        running.ifPresent(Process::destroyForcibly);
        disk.ifPresent(SmallDisk::close);
      }
    }
  }

  private void survive(Program program, List<PlatformCrowd> crowds) throws Exception {
    JumpingClock clock = new JumpingClock(folder.resolve("clock"));
    for (Blow blow : plan()) {
      if (blow == Blow.DATABASE_DAMAGED) {
        damageAndRestore(program, crowds);
      }
      List<String> options =
          blow == Blow.CLOCK_JUMPED
              ? clock.javaOptions(Duration.ofMillis(pick(LATEST_KILL_MILLIS)), jump())
              : List.of();
      Process life = startAndAwait(program, options, crowds);
      ask(crowds);
      if (rounds == 1) {
        awaitBooks(life, crowds, Books::taken); // Discord never again tells who first writes
      }
      life.waitFor(pick(LATEST_KILL_MILLIS), TimeUnit.MILLISECONDS);
      strike(blow, program, life, crowds);
      kill(life);
      blows.merge(blow, 1, Integer::sum);
      System.out.println("Survival: killed " + kills + " times, then " + blow.words);
    }
    Process last = startAndAwait(program, List.of(), crowds);
    new QuietHour(last, vitals, folder)
        .talk(
            Duration.ofSeconds(QUIET_SECONDS),
            () -> {
              if (Books.settled(copied()) >= asked(crowds)) {
                ask(crowds);
              }
            },
            () -> awaitAnswers(last, crowds));
    awaitAnswers(last, crowds);
    shutDown(last);
    check(crowds);
  }

  /** Every blow in turn, in an order by chance. */
  private List<Blow> plan() {
    if (!BLOWS) {
      return Collections.nCopies(KILLS, Blow.NOTHING);
    }
    List<Blow> plan = new ArrayList<>();
    for (int i = 0; plan.size() < KILLS; i++) {
      boolean damages = i % TURNS_FOR_A_DAMAGE == 0;
      List<Blow> turn =
          new ArrayList<>(
              Stream.of(Blow.values())
                  .filter(blow -> blow != Blow.NOTHING)
                  .filter(blow -> blow != Blow.DISK_FULL || disk.isPresent())
                  .filter(blow -> blow != Blow.DATABASE_DAMAGED || damages)
                  .toList());
      Collections.shuffle(turn, random);
      plan.addAll(turn);
    }
    return plan.subList(0, KILLS);
  }

  private Program program(List<PlatformCrowd> crowds, ModelServer model) {
    Map<String, String> environment = new HashMap<>();
    crowds.forEach(crowd -> environment.putAll(crowd.environment()));
    Optional<String> small = smallModel();
    if (small.isPresent()) {
      environment.put("PARLEY_MODEL", small.get());
      // so that conversations, and what is kept of idle ones, grow no more after a few minutes
      environment.put("PARLEY_MODEL_CONTEXT", "256");
      environment.put("PARLEY_MODEL_IDLE_DISK_MB", "50");
      environment.put("PARLEY_MODEL_IDLE_MEMORY_MB", "50");
      environment.put("PARLEY_ANSWER_MAX_TOKENS", "16");
      environment.put("GOMP_SPINCOUNT", "2000");
      // what is unpacked from a jar fills no small disk
      environment.put("DJL_CACHE_DIR", folder.resolve("natives").toString());
    } else {
      environment.put("PARLEY_MODEL_URL", model.url());
      environment.put("PARLEY_MODEL_NAME", ModelServer.NAME);
    }
    return Program.of(
        folder.resolve("home"),
        folder.resolve("output").toFile(),
        disk.map(SmallDisk::around).orElse(List.of()),
        environment);
  }

  private static Optional<String> smallModel() {
    return Optional.ofNullable(System.getProperty("small-model"));
  }

  private int pick(int most) {
    return random.nextInt(most);
  }

  private Path home() {
    return disk.map(SmallDisk::seenFromOutside).orElse(folder.resolve("home"));
  }

  private Path database() {
    return home().resolve("parley.db");
  }

  /** SQLite goes past a namespace, to the file of that name which everybody else sees. */
  private Path copied() throws IOException {
    Path copies = Files.createDirectories(folder.resolve("copies"));
    for (String file : List.of("parley.db", "parley.db-wal", "parley.db-shm")) {
      Files.deleteIfExists(copies.resolve(file));
      if (!file.endsWith("shm") && Files.exists(home().resolve(file))) {
        Files.copy(home().resolve(file), copies.resolve(file));
      }
    }
    return copies.resolve("parley.db");
  }

  private Process startAndAwait(
      Program program, List<String> javaOptions, List<PlatformCrowd> crowds) throws Exception {
    List<Long> before = crowds.stream().map(PlatformCrowd::starts).toList();
    Process life = program.start(javaOptions);
    running = Optional.of(life);
    for (int i = 0; i < before.size(); i++) {
      long starts = before.get(i);
      PlatformCrowd crowd = crowds.get(i);
      await()
          .atMost(LONGEST)
          .until(
              () -> {
                assertThat(life.isAlive()).as("%s", said()).isTrue();
                return crowd.starts() > starts;
              });
    }
    return life;
  }

  private void ask(List<PlatformCrowd> crowds) {
    long since = System.nanoTime() - lastRound;
    if (rounds < MOST_ROUNDS && since >= TimeUnit.SECONDS.toNanos(SECONDS_A_ROUND)) {
      lastRound = System.nanoTime();
      int number = ++rounds;
      crowds.forEach(crowd -> crowd.ask(number));
    }
  }

  private void strike(Blow blow, Program program, Process life, List<PlatformCrowd> crowds)
      throws Exception {
    switch (blow) {
      case NETWORK_CUT -> {
        crowds.forEach(crowd -> crowd.cut(true));
        lastThrough(life, () -> crowds.forEach(crowd -> crowd.cut(false)));
      }
      case DISK_FULL -> {
        SmallDisk full = disk.orElseThrow();
        full.fill();
        ask(crowds);
        lastThrough(life, full::makeRoom);
      }
      case DATABASE_LOCKED -> {
        try (LockedDatabase _ = new LockedDatabase(program)) {
          lastThrough(life, () -> {});
        }
      }
      case NOTHING, DATABASE_DAMAGED, CLOCK_JUMPED -> {} // it has, or does by itself
    }
    life.waitFor(pick(LATEST_KILL_MILLIS), TimeUnit.MILLISECONDS);
  }

  /** One blow in three lasts until after the program is killed. */
  private void lastThrough(Process life, Runnable end) throws InterruptedException {
    life.waitFor(pick(LONGEST_BLOW_MILLIS), TimeUnit.MILLISECONDS);
    if (pick(3) == 0) {
      kill(life);
    }
    end.run();
  }

  private void kill(Process life) throws InterruptedException {
    if (life.isAlive()) {
      kills++;
    }
    life.destroyForcibly().waitFor();
  }

  /** Forward or back, up to a day. */
  private Duration jump() {
    return Duration.ofMinutes(pick(2 * 24 * 60) - 24 * 60L);
  }

  /** What an operator does whose disk has gone bad: nothing of the answers is lost but time. */
  private void damageAndRestore(Program program, List<PlatformCrowd> crowds) throws Exception {
    Process life = startAndAwait(program, List.of(), crowds);
    awaitAnswers(life, crowds);
    assertThat(program.start(List.of(), "backup").waitFor()).as("%s", said()).isZero();
    shutDown(life);
    try (RandomAccessFile file = new RandomAccessFile(database().toFile(), "rw")) {
      byte[] nonsense = new byte[4_000];
      random.nextBytes(nonsense);
      file.seek(100);
      file.write(nonsense);
    }
    assertThat(program.start().waitFor()).isNotZero();
    assertThat(said()).endsWith("is damaged: restore the last backup in its place.");
    String backup;
    try (Stream<Path> all = Files.list(home().resolve("backups"))) {
      backup = all.map(file -> file.getFileName().toString()).max(String::compareTo).orElseThrow();
    }
    assertThat(program.start(List.of(), "restore", "--yes", backup).waitFor())
        .as("%s", said())
        .isZero();
    try (Stream<Path> all = Files.list(home().resolve("backups"))) {
      for (Path old : all.toList()) {
        Files.delete(old); // a small disk
      }
    }
  }

  private String said() throws IOException {
    return Files.readString(folder.resolve("output")).strip();
  }

  private void awaitAnswers(Process life, List<PlatformCrowd> crowds) throws Exception {
    awaitBooks(life, crowds, Books::settled);
  }

  /** Until there are as many of what is counted as questions were asked. */
  private void awaitBooks(Process life, List<PlatformCrowd> crowds, ToLongFunction<Path> count)
      throws Exception {
    int asked = asked(crowds);
    try {
      await()
          .atMost(LONGEST)
          .pollInterval(Duration.ofSeconds(1))
          .until(
              () -> {
                assertThat(life.isAlive()).as("%s", said()).isTrue();
                return count.applyAsLong(copied()) >= asked;
              });
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(
          "Waited in vain: %s%n%s".formatted(books(crowds).faults(), said()), e);
    }
  }

  /** As on Ctrl-C. */
  private void shutDown(Process life) throws InterruptedException {
    life.destroy();
    assertThat(life.waitFor(LONGEST_SHUTDOWN.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  private static int asked(List<PlatformCrowd> crowds) {
    return crowds.stream().mapToInt(crowd -> crowd.asked().size()).sum();
  }

  private Books books(List<PlatformCrowd> crowds) throws SQLException, IOException {
    return Books.of(
        copied(),
        crowds,
        smallModel().isPresent() ? Optional.empty() : Optional.of(Questions::answer));
  }

  private void check(List<PlatformCrowd> crowds) throws SQLException, IOException {
    Books books = books(crowds);
    StringBuilder table = new StringBuilder("| seed | %d |%n".formatted(SEED));
    table.append("| killed | %d |%n".formatted(kills));
    table.append("| messages | %d |%n".formatted(asked(crowds)));
    table.append(
        "| calls that failed | %d |%n"
            .formatted(crowds.stream().mapToLong(PlatformCrowd::faults).sum()));
    blows.forEach((blow, times) -> table.append("| %s | %d |%n".formatted(blow.words, times)));
    table.append(books.table()).append(vitals.table());
    System.out.println("Survival:\n" + table);
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target/survival.md"), table);
    assertThat(books.faults()).isEmpty();
    crowds.forEach(crowd -> crowd.assertNoCallWasWrong(kills));
    if (QUIET_SECONDS >= ENOUGH_FOR_GROWTH) {
      vitals.assertFlat();
    }
  }
}
