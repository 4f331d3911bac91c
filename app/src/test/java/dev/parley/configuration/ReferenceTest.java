package dev.parley.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} says what the table says. */
class ReferenceTest {
  private static final Path FILE = Path.of("..", "docs", "configuration.md");

  private static final String HEAD =
      """
      # Configuration

      Everything that can be set, made from the program's own table. A key stands in \
      `config/parley.yaml`, or is an environment variable, which counts more. `./parley config check` \
      shows what holds, and why; a mistake is named with its line and the key you may have meant.
      """;

  @Test
  void everyKeyIsInTheReference() throws Exception {
    Path correct = Files.writeString(Path.of("target", "configuration.md"), expected());

    assertThat(Files.readString(FILE))
        .as("after a change to the table: cp app/%s docs/", correct)
        .isEqualTo(expected());
  }

  private static String expected() {
    StringBuilder file = new StringBuilder(HEAD);
    String section = "-"; // no key has such a name
    for (Key<?> key : Keys.ALL) {
      int dot = key.name().indexOf('.');
      String mine = key.name().substring(0, Math.max(0, dot));
      if (!mine.equals(section)) {
        section = mine;
        file.append("\n## ").append(mine.isEmpty() ? "General" : mine).append("\n");
        file.append(
            "| key and variable | default | may be | meaning |\n| --- | --- | --- | --- |\n");
      }
      file.append(
          "| `%s`<br>%s | %s | %s | %s |\n"
              .formatted(
                  key.name(),
                  key.variables().stream()
                      .map(variable -> "`" + variable + "`")
                      .collect(Collectors.joining("<br>")),
                  key.standard().isEmpty() ? "(empty)" : "`" + key.standard() + "`",
                  cell(key.kind().expectation()),
                  cell(key.explanation())));
    }
    return file.toString();
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;");
  }
}
