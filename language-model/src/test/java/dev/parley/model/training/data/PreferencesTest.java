package dev.parley.model.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.model.ChatMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every usual shape gives the same two answers. */
class PreferencesTest {
  private static final List<ChatMessage> PROMPT = List.of(ChatMessage.user("Why tides?"));

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        {"prompt":"Why tides?","chosen":"The moon.","rejected":"Fish."}
        """,
        """
        {"prompt":"Why tides?","selected":"The moon.","rejected":"Fish."}
        """,
        """
        {"question":"Why tides?","response_chosen":"The moon.","response_rejected":"Fish."}
        """,
        """
        {"instruction":"Why tides?","input":"","chosen":"The moon.","rejected":"Fish."}
        """,
        """
        {"messages":[{"role":"user","content":"Why tides?"}],"chosen":"The moon.","rejected":"Fish."}
        """,
        """
        {"conversations":[{"from":"human","value":"Why tides?"}],
        "chosen":{"from":"gpt","value":"The moon."},"rejected":{"from":"gpt","value":"Fish."}}
        """,
        """
        {"prompt":[{"role":"user","content":"Why tides?"}],
        "chosen":[{"role":"assistant","content":"The moon."}],
        "rejected":[{"role":"assistant","content":"Fish."}]}
        """,
        """
        {"prompt":"Why tides?","chosen":[{"role":"user","content":"Why tides?"},
        {"role":"assistant","content":"The moon."}],"rejected":[{"role":"user",
        "content":"Why tides?"},{"role":"assistant","content":"Fish."}]}
        """,
        """
        {"chosen":[{"role":"user","content":"Why tides?"},{"role":"assistant",
        "content":"The moon."}],"rejected":[{"role":"user","content":"Why tides?"},
        {"role":"assistant","content":"Fish."}]}
        """,
        """
        {"chosen":"\\n\\nHuman: Why tides?\\n\\nAssistant: The moon.",
        "rejected":"\\n\\nHuman: Why tides?\\n\\nAssistant: Fish."}
        """,
        """
        {"prompt":"\\n\\nHuman: Why tides?\\n\\nAssistant:","chosen":" The moon.",
        "rejected":" Fish."}
        """,
        """
        {"prompt":"Why tides?","responses":["The moon.","Fish."]}
        """
      })
  void twoAnswersToAPromptAreReadFromEveryShape(String row) throws IOException {
    Rows<Preference> read = read(row);

    assertThat(read.errors()).isEmpty();
    assertThat(read.rows()).hasSize(1);
    Preference preference = read.rows().getFirst();
    assertThat(preference.prompt()).isEqualTo(PROMPT);
    assertThat(preference.chosen().strip()).isEqualTo("The moon.");
    assertThat(preference.rejected().strip()).isEqualTo("Fish.");
  }

  @Test
  void plainTextHasTurnsBeforeTheAnswer() throws IOException {
    Rows<Preference> read =
        read(
            """
            {"chosen":"\\n\\nHuman: Hi\\n\\nAssistant: Yes?\\n\\nHuman: A\\n\\nB\\n\\nAssistant: 1",
            "rejected":"\\n\\nHuman: Hi\\n\\nAssistant: Yes?\\n\\nHuman: A\\n\\nB\\n\\nAssistant: 2"}
            """);

    assertThat(read.rows())
        .containsExactly(
            new Preference(
                "line 1",
                List.of(
                    ChatMessage.user("Hi"),
                    ChatMessage.assistant("Yes?"),
                    ChatMessage.user("A\n\nB")),
                "1",
                "2"));
  }

  @Test
  void aRankedListGivesAllPairs() throws IOException {
    Rows<Preference> read =
        read("{\"id\":\"x\",\"prompt\":\"q\",\"responses\":[\"a\",\"b\",\"c\"]}");

    List<ChatMessage> prompt = List.of(ChatMessage.user("q"));
    assertThat(read.rows())
        .containsExactly(
            new Preference("x (1 before 2)", prompt, "a", "b"),
            new Preference("x (1 before 3)", prompt, "a", "c"),
            new Preference("x (2 before 3)", prompt, "b", "c"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"prompt":"q","chosen":"a","rejected":"a"}       | two different answers, found the same
          {"prompt":"q","chosen":"a"}                      | rejected or response_rejected, found pro
          {"chosen":"a","rejected":"b"}                    | messages or conversations or prompt, fou
          {"prompt":"q","chosen":" ","rejected":"b"}       | text in chosen, found none
          {"prompt":"q","chosen":"a","rejected":7}         | text as rejected, found number
          {"prompt":"q","responses":["a"]}                 | two responses or more, found 1
          {"prompt":"q","responses":["a","b","a"]}         | two different answers, found the same
          {"responses":["a","b"]}                          | messages or conversations or prompt, fou
          {"prompt":[],"chosen":"a","rejected":"b"}        | messages or conversations or prompt, fou
          {"prompt":"q","chosen":[],"rejected":"b"}        | an answer of the assistant as chosen, f
          {"prompt":"q","chosen":{"from":"human","value":"a"},"rejected":"b"} | an answer of the assi
          {"chosen":"Human: q\\n\\nAssistant: a","rejected":"Human: p\\n\\nAssistant: b"} | from the same turns
          """)
  void aRowWithoutTwoAnswersToTheSamePromptIsAnError(String row, String reason) throws IOException {
    Rows<Preference> read = read(row);

    assertThat(read.rows()).isEmpty();
    assertThat(read.errors()).singleElement().asString().contains("expected ").contains(reason);
  }

  private Rows<Preference> read(String row) throws IOException {
    return Rows.preferences(Rows.file(folder, row.strip().replace("\n", "") + "\n"));
  }

  @Test
  void aFileMayHoldDemonstrationsToo() throws IOException {
    Path file =
        Rows.file(
            folder,
            """
            {"prompt":"Why tides?","chosen":"The moon.","rejected":"Fish."}
            {"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"}]}
            {"text":"neither"}
            """);
    List<Demonstration> demonstrations = new ArrayList<>();
    List<Preference> preferences = new ArrayList<>();

    DataReport report = DataFile.readBoth(file, demonstrations::add, preferences::add);

    assertThat(preferences).extracting(Preference::chosen).containsExactly("The moon.");
    assertThat(demonstrations).hasSize(1);
    assertThat(report.rows()).isEqualTo(2);
    assertThat(report.errors()).hasSize(1);
  }
}
