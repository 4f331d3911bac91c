package dev.parley.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code config/parley.yaml} says what the table says, for every key, in the same order. */
class CommentedFileTest {
  private static final Path FILE = Path.of("..", "config", "parley.yaml");
  private static final int WIDTH = 98;

  private static final String HEAD =
      """
      # Parley's configuration. Take away the # before a key to set it; what stands there is the default.
      #
      # Every key is also an environment variable, which counts more than this file: model.slots is
      # PARLEY_MODEL_SLOTS. Relative paths mean the folder of ./parley here, and the folder you are in
      # where a variable gives them. `./parley config check` shows what holds, and why.
      """;

  @Test
  void everyKeyStandsInTheFileWithItsExplanationAndDefault() throws Exception {
    Path correct = Files.writeString(Path.of("target", "parley.yaml"), expected());

    assertThat(Files.readString(FILE))
        .as("after a change to the table: cp app/%s config/", correct)
        .isEqualTo(expected());
  }

  @Test
  void asItIsItSetsNothing(@TempDir Path root) throws Exception {
    Operator operator = new Operator(root).writes(Files.readString(FILE));

    assertThat(operator.findings()).isEmpty();
    assertThat(operator.report().values())
        .allSatisfy(value -> assertThat(value.origin()).isEqualTo(new Origin.BuiltIn()));
  }

  @Test
  void withEveryKeySetToItsDefaultItMeansTheSame(@TempDir Path root) throws Exception {
    Operator untouched = new Operator(root.resolve("a"));
    Operator touched =
        new Operator(root.resolve("b"))
            .writes(
                Pattern.compile("^( *)#(?! |$)", Pattern.MULTILINE)
                    .matcher(Files.readString(FILE))
                    .replaceAll("$1"));

    assertThat(touched.findings()).isEmpty();
    assertThat(touched.configuration().model()).isEqualTo(untouched.configuration().model());
    assertThat(touched.configuration().queue()).isEqualTo(untouched.configuration().queue());
    assertThat(touched.configuration().log()).isEqualTo(untouched.configuration().log());
    assertThat(touched.report().values())
        .noneSatisfy(value -> assertThat(value.origin()).isEqualTo(new Origin.BuiltIn()));
  }

  private static String expected() {
    StringBuilder file = new StringBuilder(HEAD);
    String section = "";
    for (Key<?> key : Keys.ALL) {
      int dot = key.name().indexOf('.');
      String mine = key.name().substring(0, Math.max(0, dot));
      if (!mine.equals(section)) {
        section = mine;
        file.append('\n').append(section).append(":\n");
      } else {
        file.append('\n');
      }
      String indent = dot < 0 ? "" : "  ";
      for (String line : wrapped(text(key), WIDTH - indent.length())) {
        file.append(indent).append("# ").append(line).append('\n');
      }
      String standard = key.standard().isEmpty() ? "\"\"" : key.standard();
      file.append(indent + "#" + key.name().substring(dot + 1) + ": " + standard + "\n");
    }
    return file.toString();
  }

  private static String text(Key<?> key) {
    String alias =
        key.variables().stream().skip(1).map(v -> "; also " + v).collect(Collectors.joining());
    return key.explanation() + " (" + key.kind().expectation() + alias + ")";
  }

  private static List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
