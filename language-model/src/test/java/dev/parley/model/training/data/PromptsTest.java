package dev.parley.model.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.model.ChatMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the row is, it is asked the same. */
class PromptsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        {"prompt":"Why tides?"}
        """,
        """
        {"prompt":"Why tides?","chosen":"The moon.","rejected":"Fish."}
        """,
        """
        {"prompt":"Why tides?","responses":["The moon.","Fish.","Salt."]}
        """,
        """
        {"instruction":"Why tides?","output":"The moon."}
        """,
        """
        {"messages":[{"role":"user","content":"Why tides?"}]}
        """,
        """
        {"messages":[{"role":"user","content":"Why tides?"},
        {"role":"assistant","content":"The moon."}]}
        """,
        """
        {"prompt":"\\n\\nHuman: Why tides?\\n\\nAssistant:"}
        """
      })
  void aPromptIsReadFromEveryShape(String row) throws IOException {
    Rows<Prompt> read = read(row);

    assertThat(read.errors()).isEmpty();
    assertThat(read.rows())
        .containsExactly(new Prompt("line 1", List.of(ChatMessage.user("Why tides?"))));
  }

  @Test
  void aConversationIsAskedItsLastQuestion() throws IOException {
    Rows<Prompt> read =
        read(
            """
            {"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Yes?"},
            {"role":"user","content":"Why?"},{"role":"assistant","content":"So."}]}
            """);

    assertThat(read.rows().getFirst().messages())
        .containsExactly(
            ChatMessage.user("Hi"), ChatMessage.assistant("Yes?"), ChatMessage.user("Why?"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"text\":\"a\"}", "{\"prompt\":\" \"}", "{\"messages\":[]}", "[]"})
  void aRowThatAsksNothingIsReported(String row) throws IOException {
    Rows<Prompt> read = read(row);

    assertThat(read.rows()).isEmpty();
    assertThat(read.errors())
        .singleElement()
        .asString()
        .startsWith("train.jsonl, line 1: expected");
  }

  private Rows<Prompt> read(String row) throws IOException {
    return Rows.prompts(Rows.file(folder, row.replace("\n", " ")));
  }
}
