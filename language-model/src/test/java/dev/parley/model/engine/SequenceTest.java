package dev.parley.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.model.FinishReason;
import dev.parley.model.GenerationOptions;
import dev.parley.model.GenerationResult;
import dev.parley.model.Goldens;
import dev.parley.model.SamplingOptions;
import dev.parley.model.TextListener;
import dev.parley.model.Thoughts;
import dev.parley.model.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the tokens that a model writes. */
class SequenceTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OPEN = 600;
  private static final int CLOSE = 601;

  @TempDir private Path folder;
  private Tokenizer tokenizer;
  private final List<String> heard = new ArrayList<>();
  private final List<String> heardThinking = new ArrayList<>();

  @BeforeEach
  void readTokenizer() throws IOException {
    ObjectNode json =
        (ObjectNode) JSON.readTree(Goldens.path("tiny/llama-tied/tokenizer.json").toFile());
    json.withArray("added_tokens").add(shown(OPEN, "<think>")).add(shown(CLOSE, "</think>"));
    tokenizer =
        Tokenizer.fromJson(Files.writeString(folder.resolve("tokenizer.json"), json.toString()));
  }

  @AfterEach
  void closeTokenizer() {
    tokenizer.close();
  }

  @Test
  void theTokensOfAThoughtAreNoTextOfTheAnswer() {
    Sequence sequence = sequence(Thoughts.At.BEGINNING);
    write(sequence, "<think>\nThe Moon.\n</think>\n\nIt pulls.");

    GenerationResult result = end(sequence, FinishReason.END);

    assertThat(result.thought()).isEqualTo("The Moon.");
    assertThat(result.text()).isEqualTo("It pulls.").isEqualTo(String.join("", heard));
    assertThat(String.join("", heardThinking).strip()).isEqualTo("The Moon.");
  }

  @Test
  void aThoughtThatSpellsItsTagsIsOne() {
    Sequence sequence = sequence(Thoughts.At.BEGINNING);
    for (int token : tokenizer.encode("<think>Moon</think> It pulls.")) {
      sequence.emit(token);
    }

    assertThat(end(sequence, FinishReason.END).text()).isEqualTo("It pulls.");
  }

  @Test
  void aStopTextEndsTheAnswerAndNotTheThought() {
    Sequence sequence = sequence(Thoughts.At.BEGINNING, "pull");
    write(sequence, "<think>Does it pull?</think>");
    assertThat(sequence.stopTextFound()).isFalse();
    write(sequence, "It pulls.");
    assertThat(sequence.stopTextFound()).isTrue();

    GenerationResult result = end(sequence, FinishReason.STOP_TEXT);
    assertThat(result.thought()).isEqualTo("Does it pull?");
    assertThat(result.text()).isEqualTo("It ");
  }

  @Test
  void aThoughtWithoutAnEndLeavesNoAnswer() {
    Sequence sequence = sequence(Thoughts.At.OPENED);
    write(sequence, "The Moon, or");

    GenerationResult result = end(sequence, FinishReason.LENGTH);

    assertThat(result.thought()).isEqualTo("The Moon, or");
    assertThat(result.text()).isEmpty();
    assertThat(heard).isEmpty();
  }

  private Sequence sequence(Thoughts.At beginning, String... stops) {
    GenerationOptions options =
        new GenerationOptions(100, SamplingOptions.GREEDY, List.of(stops), Duration.ofDays(1));
    TextListener listener =
        new TextListener() {
          @Override
          public void text(String piece) {
            heard.add(piece);
          }

          @Override
          public void thought(String piece) {
            heardThinking.add(piece);
          }
        };
    return new Sequence(new int[] {1}, options, listener, tokenizer.decoder(), beginning, 1);
  }

  /** As the engine does: up to a stop text. */
  private void write(Sequence sequence, String text) {
    for (int token : tokenizer.encodeWithControl(text)) {
      if (!sequence.stopTextFound()) {
        sequence.emit(token);
      }
    }
  }

  private static GenerationResult end(Sequence sequence, FinishReason reason) {
    sequence.finish(reason);
    return sequence.result().join();
  }

  private static ObjectNode shown(int id, String spelling) {
    return JSON.createObjectNode().put("id", id).put("content", spelling).put("special", false);
  }
}
