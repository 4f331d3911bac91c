package dev.parley.model.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files come from strangers: whatever is in them, a line is a row or one sentence. */
class HostileDataTest {
  private static final String GOOD =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"q\"},"
          + "{\"role\":\"assistant\",\"content\":\"a\"}]}\n";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"messages":[{"role":"tool","content":"q"}]} | expected the role user, assistant or system, found "tool"
          {"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"},{"role":"assistant","content":"b"}]} | expected the role user in turn 3, found assistant
          {"messages":[{"role":"user","content":"q"},{"role":"user","content":"q"}]} | expected the role assistant in turn 2, found user
          {"messages":[{"role":"assistant","content":"a"}]} | expected the role user in turn 1, found assistant
          {"messages":[{"role":"system","content":"s"},{"role":"assistant","content":"a"}]} | expected the role user in turn 2, found assistant
          {"messages":[{"role":"user","content":"q"},{"role":"system","content":"s"}]} | expected the role assistant in turn 2, found system
          {"messages":[{"role":"user","content":"q"}]} | expected the last turn to be the assistant's, found the user's
          {"messages":[{"role":"system","content":"s"}]} | expected the last turn to be the assistant's, found the system's
          {"messages":[]} | expected turns of user and assistant, found none
          {"messages":{}} | expected a list as messages, found an object
          {"messages":["q"]} | expected a JSON object as a turn of messages, found text
          {"messages":[{"role":"user"}]} | expected content or value, found role
          {"messages":[{"content":"q"}]} | expected role or from, found content
          {"messages":[{}]} | expected role or from, found an empty object
          {"messages":[{"role":"user","content":["q"]}]} | expected text as content, found a list
          {"messages":[{"role":"user","content":"q"},{"role":"assistant","content":""}]} | expected text in turn 2, found none
          {"messages":[{"role":"user","content":" \\n"},{"role":"assistant","content":"a"}]} | expected text in turn 1, found none
          {"messages":[{"role":"user","content":"q\\u0000"},{"role":"assistant","content":"a"}]} | expected text in turn 1, found a NUL character
          {"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a\\ud83d"}]} | expected Unicode in turn 2, found half a character
          {"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a","weight":0}]} | expected no turn with a weight of its own, found one
          {"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}],"label":false} | expected an answer to learn from, found one with the label false
          {"instruction":"q","input":""} | expected output or response or completion or answer, found instruction, input
          {"instruction":"q","output":"a","history":[["q"]]} | expected a question and an answer as a pair of history, found a list of 1
          {"instruction":7,"output":"a"} | expected text as instruction, found number
          {"text":"q"} | expected messages or conversations or instruction, found text
          {} | expected messages or conversations or instruction, found an empty object
          [] | expected a JSON object as the line, found a list
          7 | expected a JSON object as the line, found number
          null | expected a JSON object as the line, found null
          {"messages":[],"messages":[]} | expected JSON, found a fault (Duplicate field 'messages')
          {} {} | expected JSON, found a fault (Trailing token
          {"messages" | expected JSON, found a fault (Unexpected end-of-input
          hello | expected JSON, found a fault (Unrecognized token 'hello'
          """)
  void aLineThatIsNoConversationIsOneSentence(String line, String sentence) throws IOException {
    Rows<Demonstration> read = Rows.demonstrations(Rows.file(folder, GOOD + line + "\n" + GOOD));

    assertThat(read.errors())
        .singleElement()
        .asString()
        .startsWith("train.jsonl, line 2: " + sentence);
    assertThat(read.rows()).hasSize(2);
  }

  @Test
  void nestingWithoutEndIsOneSentence() throws IOException {
    String deep = "[".repeat(10_000) + "]".repeat(10_000);

    Rows<Demonstration> read =
        Rows.demonstrations(Rows.file(folder, "{\"messages\":" + deep + "}\n" + GOOD));

    assertThat(read.errors()).singleElement().asString().contains("nesting depth (65)");
    assertThat(read.rows()).hasSize(1);
  }

  @Test
  void aLineThatIsTooLongIsLeftOut() throws IOException {
    Rows<Demonstration> read =
        Rows.demonstrations(
            Rows.file(folder, GOOD + "x".repeat(3 * Lines.MOST_BYTES) + "\n" + GOOD));

    assertThat(read.errors())
        .containsExactly(
            "train.jsonl, line 2: expected at most 1048576 bytes, found a longer line");
    assertThat(read.rows()).hasSize(2);
  }

  @Test
  void theLongestLineIsRead() throws IOException {
    String padding = " ".repeat(Lines.MOST_BYTES - GOOD.length() + 1);

    Rows<Demonstration> read =
        Rows.demonstrations(Rows.file(folder, GOOD.strip() + padding + "\n"));

    assertThat(read.errors()).isEmpty();
    assertThat(read.rows()).hasSize(1);
  }

  @Test
  void bytesThatAreNoTextAreOneSentence() throws IOException {
    Path file = Rows.file(folder, "");
    Files.write(file, GOOD.replace('q', 'ÿ').getBytes(StandardCharsets.ISO_8859_1));

    assertThat(Rows.demonstrations(file).errors())
        .containsExactly("train.jsonl, line 1: expected UTF-8, found bytes that are not");
  }

  @Test
  void whatATextSaysOfItselfIsPrintedOnOneLineAndCut() throws IOException {
    String role = "\\u001b[2J\\n" + "x".repeat(100_000);

    Rows<Demonstration> read =
        Rows.demonstrations(
            Rows.file(folder, "{\"messages\":[{\"role\":\"" + role + "\",\"content\":\"q\"}]}"));

    assertThat(read.errors()).singleElement().asString().hasSizeLessThan(300).doesNotContain("\n");
    assertThat(read.errors().getFirst().chars()).noneMatch(Character::isISOControl);
  }

  @Test
  void twentyErrorsAreShownAndTheOthersCounted() throws IOException {
    DataReport report = Rows.demonstrations(Rows.file(folder, GOOD + "x\n".repeat(50))).report();

    assertThat(report.errors()).hasSize(20);
    assertThat(report.moreErrors()).isEqualTo(30);
    assertThat(report.rows()).isEqualTo(1);
    assertThatThrownBy(report::requireNoErrors)
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("train.jsonl, line 2: expected JSON")
        .hasMessageEndingWith("(and 49 more lines like that)");
  }

  @Test
  void repeatedLinesAndIdsAreCountedAndKept() throws IOException {
    String named = GOOD.replaceFirst("}$", ",\"id\":\"one\"}");
    String other = named.replace("\"q\"", "\"p\"");

    DataReport report =
        Rows.demonstrations(Rows.file(folder, GOOD + GOOD + named + named + other)).report();

    assertThat(report.repeatedLines()).isEqualTo(2);
    assertThat(report.repeatedIds()).isEqualTo(1);
    assertThat(report.rows()).isEqualTo(5);
  }

  @Test
  void anEmptyFileGivesNothingToTrainFrom() throws IOException {
    for (String text : new String[] {"", "\n", "\uFEFF", " \r\n\n"}) {
      DataReport report = Rows.demonstrations(Rows.file(folder, text)).report();

      assertThat(report.errors()).isEmpty();
      assertThatThrownBy(report::requireRows)
          .hasMessage("train.jsonl: expected lines of JSON, found none");
    }
  }

  @Test
  void aMarkAtTheBeginningAndLineEndsOfWindowsAreNothing() throws IOException {
    String windows = "\uFEFF" + GOOD.replace("\n", "\r\n") + "\r\n" + GOOD.strip();

    Rows<Demonstration> read = Rows.demonstrations(Rows.file(folder, windows));

    assertThat(read.errors()).isEmpty();
    assertThat(read.rows()).hasSize(2);
    assertThat(read.report().repeatedLines()).isEqualTo(1);
  }

  @Test
  void aCompressedFileIsKnownByItsContent() throws IOException {
    Path file = Files.write(folder.resolve("train.jsonl"), Rows.zipped(GOOD.repeat(1000)));

    Rows<Demonstration> read = Rows.demonstrations(file);

    assertThat(read.errors()).isEmpty();
    assertThat(read.rows()).hasSize(1000);
  }

  @Test
  void aCompressedFileThatIsCutGivesWhatItHasAndAnError() throws IOException {
    String lines =
        new Random(1).ints(500, 0, 1_000_000).mapToObj(id -> named(id)).reduce("", String::concat);
    byte[] whole = Rows.zipped(lines);
    for (int length : new int[] {2, 5, 11, whole.length / 2, whole.length - 1}) {
      Path file = Files.write(folder.resolve("train.gz"), Arrays.copyOf(whole, length));

      Rows<Demonstration> read = Rows.demonstrations(file);

      assertThat(read.errors())
          .as("%d of %d bytes", length, whole.length)
          .singleElement()
          .asString()
          .matches(
              "train.gz, line \\d+: expected a whole gzip file, found one that is cut or dam.*");
      assertThat(read.rows().isEmpty()).isEqualTo(length < 20);
    }
  }

  private static String named(int id) {
    return GOOD.replaceFirst("}$", ",\"id\":" + id + "}");
  }

  @Property(tries = 300)
  void anyBytesAreRowsOrSentences(
      @ForAll byte[] bytes, @ForAll long seed, @ForAll @IntRange(max = 9) int changes)
      throws IOException {
    Path file = Files.createTempFile("train", ".jsonl");
    try {
      for (byte[] content : new byte[][] {bytes, changed(seed, changes)}) {
        Files.write(file, content);

        Rows<Demonstration> demonstrations = Rows.demonstrations(file);
        Rows<Preference> preferences = Rows.preferences(file);

        assertThat(Stream.concat(demonstrations.errors().stream(), preferences.errors().stream()))
            .allSatisfy(
                each -> assertThat(each).matches("train\\d+\\.jsonl, line \\d+: expected .+"));
        assertThat(demonstrations.report().rows()).isEqualTo(demonstrations.rows().size());
      }
    } finally {
      Files.delete(file);
    }
  }

  /** Rows of several shapes, some of whose characters were exchanged, doubled or taken out. */
  private static byte[] changed(long seed, int changes) {
    Random random = new Random(seed);
    StringBuilder text =
        new StringBuilder(GOOD)
            .append("{\"conversations\":[{\"from\":\"human\",\"value\":\"\\ud83d\\ude00\"},")
            .append("{\"from\":\"gpt\",\"value\":\"a\"}]}\n")
            .append("{\"instruction\":\"q\",\"input\":\"\",\"output\":\"a\",\"history\":[[1]]}\n")
            .append(
                "{\"chosen\":\"\\n\\nHuman: q\\n\\nAssistant: a\",\"rejected\":\"\\n\\nHuman:\"}\n")
            .append("{\"prompt\":[],\"chosen\":[],\"rejected\":{},\"responses\":[[],{},\"\"]}\n");
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(3)) {
        case 0 -> text.setCharAt(at, "{}[]\",:\\0ul\n".charAt(random.nextInt(12)));
        case 1 -> text.insert(at, text.charAt(random.nextInt(text.length())));
        default -> text.deleteCharAt(at);
      }
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
