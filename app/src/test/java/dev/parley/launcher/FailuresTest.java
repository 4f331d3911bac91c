package dev.parley.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.model.file.ModelFormatException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class FailuresTest {
  private final StringWriter errors = new StringWriter();

  private int run(String... arguments) {
    return run(new CommandLine(new ChatCommand()), arguments);
  }

  private int run(CommandLine line, String... arguments) {
    line.setErr(new PrintWriter(errors, true));
    Failures.explainOn(line);
    return line.execute(arguments);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "3", "0.001", "NaN", "1e400", "abc", "", "-Infinity"})
  void aWrongTemperatureIsOneSentence(String text) {
    assertThat(run("--temperature", text)).isEqualTo(2);
    assertThat(errors.toString().lines())
        .singleElement()
        .asString()
        .contains("'--temperature'", "0.01 to 2, not " + text, "--help");
  }

  @ParameterizedTest
  @CsvSource({"--seed,1.5", "--seed,99999999999999999999", "--seed,x"})
  void aWrongSeedIsOneSentence(String option, String text) {
    assertThat(run(option, text)).isEqualTo(2);
    assertThat(errors.toString().lines()).singleElement().asString().contains("not " + text);
  }

  @Test
  void aDamagedModelFileNamesTheRemedy() {
    CommandLine line =
        new CommandLine(
            new Failing(new ModelFormatException(Path.of("half.gguf"), "magic", "no GGUF")));

    assertThat(run(line)).isEqualTo(1);
    assertThat(errors.toString().strip())
        .isEqualTo(
            "half.gguf: magic: no GGUF: the file is not whole or of another kind; fetch it again,"
                + " or take another.");
  }

  @Test
  void whoeverEndsTheProcessReadsNothingOfIt() {
    CommandLine line = new CommandLine(new Failing(new InterruptedException()));

    assertThat(run(line)).isEqualTo(1);
    assertThat(errors.toString()).isEmpty();
  }

  @Test
  void anEmptyQuestionIsRefusedBeforeAnythingStarts() {
    assertThat(run("--once", "  ")).isEqualTo(2);
    assertThat(errors.toString()).startsWith("--once is empty: give it a question.");
  }

  @Test
  void anUnknownOptionIsNamed() {
    assertThat(run("--sed", "3")).isEqualTo(2);
    assertThat(errors.toString()).contains("--sed");
  }

  @Command
  private record Failing(Exception failure) implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      throw failure;
    }
  }
}
