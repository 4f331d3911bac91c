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

/** Every usual shape gives the same conversation. */
class DemonstrationsTest {
  private static final List<ChatMessage> ONE =
      List.of(ChatMessage.user("Why tides?"), ChatMessage.assistant("The moon."));
  private static final List<ChatMessage> TWO =
      List.of(
          ChatMessage.system("Be brief."),
          ChatMessage.user("Hi"),
          ChatMessage.assistant("Hello"),
          ChatMessage.user("Why tides?"),
          ChatMessage.assistant("The moon."));

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        {"messages":[{"role":"user","content":"Why tides?"},
        {"role":"assistant","content":"The moon."}]}
        """,
        """
        {"conversations":[{"from":"human","value":"Why tides?"},{"from":"gpt","value":"The moon."}]}
        """,
        """
        {"conversation":[{"role":"user","content":"Why tides?"},
        {"role":"assistant","content":"The moon.","weight":1}],"system":"  "}
        """,
        """
        {"instruction":"Why tides?","input":"","output":"The moon.","system":null,"history":[]}
        """,
        """
        {"instruction":"Why tides?","response":"The moon."}
        """,
        """
        {"prompt":"Why tides?","completion":"The moon."}
        """,
        """
        {"prompt":[{"role":"user","content":"Why tides?"}],
        "completion":[{"role":"assistant","content":"The moon."}]}
        """,
        """
        {"instruction":"Why tides?","instances":[{"input":"","output":"The moon."}]}
        """,
        """
        {"messages":[{"role":"user","content":"Why tides?"},
        {"role":"assistant","content":"The moon."}],"label":true}
        """
      })
  void aQuestionAndItsAnswerAreReadFromEveryShape(String row) throws IOException {
    Rows<Demonstration> read = read(row);

    assertThat(read.errors()).isEmpty();
    assertThat(read.rows()).containsExactly(new Demonstration("line 1", ONE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        {"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hi"},
        {"role":"assistant","content":"Hello"},{"role":"user","content":"Why tides?"},
        {"role":"assistant","content":"The moon."}],"id":7}
        """,
        """
        {"id":"7","system":"Be brief.","conversations":[{"from":"user","value":"Hi"},
        {"from":"chatgpt","value":"Hello"},{"from":"human","value":"Why tides?"},
        {"from":"assistant","value":"The moon."}]}
        """,
        """
        {"id":"7","system":"Be brief.","instruction":"Why tides?","input":"","output":"The moon.",
        "history":[["Hi","Hello"]]}
        """
      })
  void severalTurnsAfterASystemTextAreReadFromEveryShape(String row) throws IOException {
    Rows<Demonstration> read = read(row);

    assertThat(read.errors()).isEmpty();
    assertThat(read.rows()).containsExactly(new Demonstration("7", TWO));
  }

  @Test
  void anInputStandsUnderItsInstruction() throws IOException {
    Rows<Demonstration> read =
        read("{'instruction':'Sort.','input':'b a','output':'a b'}".replace('\'', '"'));

    assertThat(read.rows().getFirst().messages().getFirst())
        .isEqualTo(ChatMessage.user("Sort.\nb a"));
  }

  @Test
  void eachInstanceOfAnInstructionIsADemonstration() throws IOException {
    Rows<Demonstration> read =
        read(
            """
            {"id":"seed","instruction":"Double.","instances":[{"input":"1","output":"2"},
            {"input":"2","output":"4"}]}
            """);

    assertThat(read.rows())
        .containsExactly(
            new Demonstration(
                "seed", List.of(ChatMessage.user("Double.\n1"), ChatMessage.assistant("2"))),
            new Demonstration(
                "seed (2)", List.of(ChatMessage.user("Double.\n2"), ChatMessage.assistant("4"))));
    assertThat(read.report().rows()).isEqualTo(2);
  }

  private Rows<Demonstration> read(String row) throws IOException {
    return Rows.demonstrations(Rows.file(folder, row.strip().replace("\n", "") + "\n"));
  }
}
