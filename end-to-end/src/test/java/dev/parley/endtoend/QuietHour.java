package dev.parley.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A time without a blow, so that one sees whether a process takes more and more. Now and then
 * nobody says anything, and garbage is collected.
 */
final class QuietHour {
  private static final Duration BETWEEN_RESTS = Duration.ofMinutes(4);

  /** Longer than threads and connections are kept that nobody uses. */
  private static final Duration REST = Duration.ofMinutes(2);

  private final Process life;
  private final Vitals vitals;
  private final Path folder;

  /** What a crowd does meanwhile. */
  interface Step {
    void run() throws Exception;
  }

  /**
   * @param folder where what other programs say is written
   */
  QuietHour(Process life, Vitals vitals, Path folder) {
    this.life = life;
    this.vitals = vitals;
    this.folder = folder;
  }

  /**
   * Lets people talk.
   *
   * @param ask asks where nobody waits: of what waits there is no more than one round, whose
   *     growing would be the crowd's doing
   * @param await returns once everybody is answered
   */
  void talk(Duration length, Step ask, Step await) throws Exception {
    long end = System.nanoTime() + length.toNanos();
    while (System.nanoTime() < end) {
      during(BETWEEN_RESTS, ask);
      await.run();
      collectGarbage();
      during(REST, () -> {});
    }
  }

  private void during(Duration length, Step step) throws Exception {
    long end = System.nanoTime() + length.toNanos();
    while (System.nanoTime() < end) {
      step.run();
      assertThat(life.waitFor(5, TimeUnit.SECONDS)).as("it ended by itself").isFalse();
      vitals.look(life.pid());
    }
  }

  /** Java takes what it may before it looks for what it needs no more, which takes long to fill. */
  private void collectGarbage() throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                "" + life.pid(),
                "GC.run")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("jcmd").toFile())
            .start();
    assertThat(jcmd.waitFor()).as("%s", folder.resolve("jcmd")).isZero();
  }
}
