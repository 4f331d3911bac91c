package dev.parley.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.endtoend.SmallDisk;
import dev.parley.launcher.Fault.Where;
import dev.parley.launcher.Installation.Outcome;
import dev.parley.model.transformer.Processor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code ./parley doctor} on what really happens to operators. */
@TestInstance(Lifecycle.PER_CLASS)
class DoctorFaultsTest {
  /** What nobody may read anywhere. */
  static final String SECRET = "s3cret-of_nobody";

  private static final Path DOCUMENT = Path.of("..", "docs", "troubleshooting.md");

  private static final String HEAD =
      """
      | what is wrong | it says |
      | --- | --- |
      """;

  /** What is said before anything happens: the same for all. */
  private Outcome healthy;

  @BeforeAll
  void beHealthy(@TempDir Path folder) throws Exception {
    try (Installation installation = new Installation(folder)) {
      healthy = installation.doctor();
    }
  }

  @ParameterizedTest
  @EnumSource
  void itIsSaidWithWhatToDoAndOnlyWhereItHappens(Fault fault, @TempDir Path folder)
      throws Exception {
    assumeTrue(
        fault.where() != Where.DISKS || SmallDisk.canMount(),
        "this machine lets nobody mount a disk for themselves");
    assumeTrue(
        fault != Fault.CARD_MISSING || Processor.best() == Processor.CPU, "there is a card here");
    assertThat(healthy.lines()).noneMatch(fault::isSaidIn);
    assertThat(healthy.status()).isZero();
    try (Installation installation = new Installation(folder)) {
      fault.happensTo(installation);

      Outcome faulty =
          fault.where() == Where.HERE ? installation.doctor() : installation.doctorOfItsOwn();

      assertThat(faulty.lines())
          .anyMatch(fault::isSaidIn)
          .noneMatch(line -> line.contains("%s"))
          .noneMatch(line -> line.contains(SECRET))
          .noneMatch(line -> line.toLowerCase(Locale.ROOT).contains("test-token"));
      assertThat(faulty.status()).isEqualTo(fault.isProblem() ? 1 : 0);
    }
  }

  /** What is only met in a process of its own is not said of any process either. */
  @Test
  void nothingIsSaidOfAHealthyProcess(@TempDir Path folder) throws Exception {
    try (Installation installation = new Installation(folder)) {
      assertThat(installation.doctorOfItsOwn().lines())
          .anyMatch(line -> line.startsWith("No problems"))
          .noneMatch(line -> Arrays.stream(Fault.values()).anyMatch(fault -> fault.isSaidIn(line)));
    }
  }

  @Test
  void allAreListedForOperators() throws Exception {
    String table =
        Arrays.stream(Fault.values()).map(Fault::row).collect(Collectors.joining("", HEAD, ""));
    Path correct = Files.writeString(Path.of("target", "faults.md"), table);

    assertThat(Files.readString(DOCUMENT))
        .as("its table must be that of end-to-end/%s", correct)
        .contains(table);
  }
}
