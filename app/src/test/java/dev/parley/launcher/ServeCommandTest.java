package dev.parley.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ServeCommandTest {
  private final StringWriter errors = new StringWriter();

  private int run(String... arguments) {
    CommandLine line = new CommandLine(new ServeCommand());
    line.setErr(new PrintWriter(errors, true));
    Failures.explainOn(line);
    return line.execute(arguments);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::"})
  void whereOthersCanReachItItWantsAKey(String host) {
    assertThat(run("--listen", host)).isEqualTo(1);
    assertThat(errors.toString().lines())
        .singleElement()
        .asString()
        .contains("PARLEY_SERVER_KEY", "127.0.0.1");
  }

  @Test
  void aPortThatIsNoneIsOneSentence() {
    assertThat(run("--port", "65536")).isEqualTo(2);
    assertThat(errors.toString().lines()).singleElement().asString().contains("0 to 65535");
  }
}
