package dev.parley.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training as an operator starts it: a process that is killed, and data that is hostile. */
class TrainingProcessTest {
  private static final int KILLS = 6;
  private static final long SEED = 20_261_127;
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final Path TINY =
      Path.of("../language-model/src/test/resources/dev/parley/model/tiny/llama-tied");

  @TempDir private Path home;

  @Test
  void whatIsLearnedIsTheSameHoweverOftenTheProcessIsKilled() throws Exception {
    Path data = Files.write(home.resolve("rows.jsonl"), rows());
    long began = System.nanoTime();
    assertThat(end(start("whole", data))).as(said("whole")).isZero();
    int took = (int) Duration.ofNanos(System.nanoTime() - began).toMillis();

    Random random = new Random(SEED);
    Path learned = home.resolve("killed").resolve("adapter_model.safetensors");
    for (int i = 0; i < KILLS && !Files.exists(learned); i++) {
      Process process = start("killed", data);
      await().atMost(LONGEST).until(() -> Files.exists(home.resolve("killed/state.safetensors")));
      process.waitFor(random.nextInt(i == 0 ? took / 4 : took), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
    }
    Process last = start("killed", data);

    assertThat(end(last) == 0 || said("killed").contains("has the model of a run that ended"))
        .as(said("killed"))
        .isTrue();
    assertThat(learned)
        .hasSameBinaryContentAs(home.resolve("whole").resolve("adapter_model.safetensors"));
    assertThat(said("killed")).contains("Going on after step");
  }

  @Test
  void eachHostileLineIsNamedWithItsReason() throws Exception {
    String good = rows().getFirst();
    Path data =
        Files.write(
            home.resolve("hostile.jsonl"),
            List.of(
                good,
                "{\"messages\": [{\"role\": \"wizard\", \"content\": \"x\"}]}",
                "{\"messages\": []}",
                "{}",
                "null",
                "[1, 2",
                "{\"messages\": [{\"role\": \"assistant\", \"content\": \"Nobody asked.\"}]}",
                "{\"prompt\": \"" + "a".repeat(1_100_000) + "\", \"completion\": \"b\"}",
                "{\"prompt\": \"\u0000\", \"completion\": 7}"));

    Process process = start("hostile", data);

    assertThat(end(process)).isNotZero();
    assertThat(said("hostile"))
        .contains(IntStream.rangeClosed(2, 9).mapToObj(i -> "line " + i + ":").toList())
        .contains("--leave-out-bad-lines")
        .doesNotContain("line 1:", "Exception", "\tat ");
    assertThat(home.resolve("hostile")).doesNotExist();
  }

  private static List<String> rows() {
    return IntStream.range(0, 20)
        .mapToObj(
            i ->
                "{\"prompt\": \"Question %d?\", \"completion\": \"The sea is blue.\"}".formatted(i))
        .toList();
  }

  private Process start(String name, Path data) throws IOException {
    Path log = home.resolve(name + ".log");
    return ParleyProcess.start(
        home,
        Map.of(),
        log,
        log,
        "train",
        "sft",
        "--model=" + TINY.toAbsolutePath().normalize(),
        "--data=" + data,
        "--out=" + home.resolve(name),
        "--epochs=15",
        "--held-out=0.2",
        "--yes");
  }

  private static int end(Process process) throws InterruptedException {
    assertThat(process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private String said(String name) throws IOException {
    return Files.readString(home.resolve(name + ".log"));
  }
}
