package dev.parley.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlFileTest {
  private Operator operator;

  @BeforeEach
  void install(@TempDir Path root) throws IOException {
    operator = new Operator(root);
  }

  @ParameterizedTest
  @CsvSource({
    "'name: a\nmodel:\n\tslots: 1', 3, is indented with a tab: use spaces",
    "'name: a\nmodel: [1, 2', 2, is no YAML",
    "'name: \"a', 1, is no YAML",
    "'name: a\n---\nname: b', 2, 'begins a second document: everything belongs in one'",
    "'name: &a b', 1, 'uses an anchor (&) or alias (*): write the value itself'",
    "'name: *a', 1, 'uses an anchor (&) or alias (*): write the value itself'",
    "'model: &m\n  slots: 1', 1, 'uses an anchor (&) or alias (*): write the value itself'",
    "'name: !!java/object x', 1, 'uses a tag (!): write the value itself'",
    "'model: !x {}', 1, 'uses a tag (!): write the value itself'",
    "'just words', 1, is no `key: value` line",
    "'- a list', 1, is no `key: value` line",
    "'? [a]\n: b', 1, is no `key: value` line",
    "'name: a\nmodel: \u0007', 2, holds a control character: remove it",
    "'a: {a: {a: {a: {a: {a: {a: {a: {a: 1}}}}}}}}', 1, nests too deep: there are no such keys",
  })
  void whatIsNoSimpleYamlIsOneSentenceWithItsLine(String yaml, int line, String sentence)
      throws Exception {
    assertThat(operator.writes(yaml).findings())
        .anySatisfy(
            finding ->
                assertThat(finding)
                    .startsWith("config/parley.yaml, line " + line + ": " + sentence));
  }

  @Test
  void aListIsNamedAndTheRestIsStillRead() throws Exception {
    assertThat(operator.writes("name: [a, {b: c}]\nmodel: {slots: none}\n").findings())
        .containsExactly(
            "config/parley.yaml, line 1: name is a list: give one value",
            "config/parley.yaml, line 2: model.slots must be auto, or a whole number from 1 to 256,"
                + " not \"none\"");
  }

  @Test
  void whatStoodBeforeABrokenLineIsStillChecked() throws Exception {
    assertThat(operator.writes("model:\n  slots: 0\nname: 'a\n").findings())
        .hasSize(2)
        .first()
        .asString()
        .contains("line 2: model.slots must be");
  }

  @Test
  void aBombIsRefusedAtItsFirstAnchor() throws Exception {
    StringBuilder bomb = new StringBuilder("a0: &a0 [lol, lol]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]%n".formatted(i, i, i - 1, i - 1));
    }

    assertThat(operator.writes(bomb.toString()).findings())
        .singleElement()
        .asString()
        .contains("line 1: uses an anchor");
  }

  @ParameterizedTest
  @CsvSource({"[", "{a: ", "'- '", "\"? \""})
  void deepNestingDoesNotExhaustTheStack(String opening) throws Exception {
    assertThat(operator.writes("model: " + opening.repeat(50_000)).findings()).isNotEmpty();
  }

  @Test
  void aHugeFileIsNotReadWhole() throws Exception {
    assertThat(operator.writes("# much\n".repeat(100_000)).findings())
        .containsExactly("config/parley.yaml: has more than 256 KB: this is no configuration");
  }

  @Test
  void anotherEncodingIsNamedWithItsLine() throws Exception {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes("# 設定\n".getBytes(StandardCharsets.UTF_8));
    file.writeBytes("name: Zoë\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(operator.writes(file.toByteArray()).findings())
        .containsExactly(
            "config/parley.yaml, line 2: is not UTF-8: save the file in that encoding");
    assertThat(operator.writes("name: a".getBytes(StandardCharsets.UTF_16)).findings())
        .singleElement()
        .asString()
        .contains("is not UTF-8");
  }

  @Test
  void aByteOrderMarkAndWindowsLineEndsAreFine() throws Exception {
    assertThat(operator.writes("\uFEFFname: 小幫手\r\nlog:\r\n  level: warn\r\n").findings())
        .isEmpty();
    assertThat(operator.configuration().name()).isEqualTo("小幫手");
  }

  @Property(tries = 500)
  void whateverStandsInTheFileIsReadOrNamed(
      @ForAll @CharRange(from = ' ', to = '~') String text, @ForAll byte[] bytes) throws Exception {
    Operator someone = new Operator(Path.of("target", "hostile-configuration"));

    someone.writes(text).report();
    someone.writes("model: " + text + "\n  slots: " + text).report();
    someone.writes(bytes).report();
  }
}
