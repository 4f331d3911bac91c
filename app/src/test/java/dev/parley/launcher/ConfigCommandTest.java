package dev.parley.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.configuration.ConfigurationReport;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {
  @TempDir private Path folder;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  private int check(Map<String, String> environment) {
    return new ConfigCommand(
            () -> ConfigurationReport.read(environment, folder, folder),
            new PrintStream(said, true, StandardCharsets.UTF_8))
        .check();
  }

  private List<String> lines() {
    return said.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void itSaysWhenAllIsWell() {
    assertThat(check(Map.of("PARLEY_NAME", "Ada"))).isZero();

    assertThat(lines()).anyMatch(line -> line.matches("name +Ada +PARLEY_NAME"));
    assertThat(lines()).last().asString().startsWith("No mistakes: all of this holds.");
  }

  @Test
  void ofAMistakeNothingElseIsSaid() {
    assertThat(check(Map.of("PARLEY_MODEL_SLOTS", "many"))).isEqualTo(1);

    assertThat(lines()).singleElement().asString().startsWith("PARLEY_MODEL_SLOTS: ");
  }

  @Test
  void whatAValueHoldsCannotSteerTheTerminal() {
    assertThat(check(Map.of("PARLEY_NAME", "A\u001b[2J\u009bda\nlog.level debug"))).isZero();

    assertThat(lines())
        .anyMatch(line -> line.contains("A\\u001b[2J\\u009bda\\nlog.level debug"))
        .noneMatch(line -> line.chars().anyMatch(Character::isISOControl));
  }
}
