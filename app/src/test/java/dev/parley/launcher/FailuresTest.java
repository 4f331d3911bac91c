package dev.parley.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class FailuresTest {
  private final StringWriter errors = new StringWriter();

  private int run(String... arguments) {
    CommandLine line = new CommandLine(new ChatCommand());
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
  void anEmptyQuestionIsRefusedBeforeAnythingStarts() {
    assertThat(run("--once", "  ")).isEqualTo(2);
    assertThat(errors.toString()).startsWith("--once is empty: give it a question.");
  }

  @Test
  void anUnknownOptionIsNamed() {
    assertThat(run("--sed", "3")).isEqualTo(2);
    assertThat(errors.toString()).contains("--sed");
  }
}
