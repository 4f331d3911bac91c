package dev.parley.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** On a simulated machine, with the times of a step that real ones have shown. */
class ThreadCountTest {
  private static final int MINUTE = 60;
  private static final Machine QUIET = new Machine(28, 18);
  private static final Machine BESIDE_ANOTHER = new Machine(29, 42);

  /** Milliseconds of a step with one thread and with two. */
  private record Machine(double one, double two) {}

  private final Random noise = new Random(1);
  private int set = 2;
  private long busyNanos;
  private final ThreadCount threads = new ThreadCount(2, count -> set = count);

  @Test
  void onAQuietMachineAllComputeAndTryingCostsLittle() {
    long ran = run(QUIET, 5 * MINUTE, 1);

    assertThat(set).isEqualTo(2);
    assertThat((double) busyNanos / (ran * 18_000_000)).isLessThan(1.03);
  }

  @Test
  void besideABusyProcessFewerComputeAndAllAgainAfterIt() {
    run(QUIET, MINUTE, 1);
    run(BESIDE_ANOTHER, MINUTE, 1);
    assertThat(set).isEqualTo(1);

    run(QUIET, MINUTE, 1);
    assertThat(set).isEqualTo(2);
  }

  @Test
  void stepsOfAnotherSizeAreNotCompared() {
    for (int i = 0; i < 1_000; i++) { // one answer's steps are quicker than those of four
      run(new Machine(14, 9), 0, 1);
      run(QUIET, 0, 4);
    }
    assertThat(set).isEqualTo(2);
  }

  @Test
  void aSingleThreadStays() {
    ThreadCount single = new ThreadCount(1, count -> set = count);
    for (int i = 0; i < 10_000; i++) {
      single.wrote(1, 20_000_000);
    }
    single.reset();
    assertThat(set).isEqualTo(2); // nothing was ever set
  }

  @Test
  void ofManyThreadsThoseStayThatAreQuickest() {
    ThreadCount many = new ThreadCount(16, count -> set = count);
    set = 16;
    for (int i = 0; i < 100_000; i++) { // one core is another's
      many.wrote(1, 1_000_000L * (set == 16 ? 20 : 160 / set));
    }
    assertThat(set).isEqualTo(15);
    many.reset();
    assertThat(set).isEqualTo(16);
  }

  /** Writes steps for so many seconds, at least one; returns their number. */
  private long run(Machine machine, int seconds, int answers) {
    long end = busyNanos + seconds * 1_000_000_000L;
    long steps = 0;
    do {
      double factor = 1 + 0.05 * noise.nextGaussian();
      long nanos = (long) ((set == 1 ? machine.one : machine.two) * 1_000_000 * factor);
      busyNanos += nanos;
      threads.wrote(answers, nanos);
      steps++;
    } while (busyNanos < end);
    return steps;
  }
}
