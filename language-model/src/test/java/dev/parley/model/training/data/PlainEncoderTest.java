package dev.parley.model.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.model.ChatMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainEncoderTest {
  private static final Demonstration DIALOGUE =
      new Demonstration(
          "x",
          List.of(
              ChatMessage.user("Hi"),
              ChatMessage.assistant("Hello!"),
              ChatMessage.user("<|endoftext|>?"),
              ChatMessage.assistant("Bye.")));

  @TempDir private Path folder;
  private TinyTokenizer tiny;

  @BeforeEach
  void open() throws IOException {
    tiny = new TinyTokenizer(folder);
  }

  @AfterEach
  void close() {
    tiny.close();
  }

  @Test
  void everythingIsLearntOrTheAnswersAlone() {
    assertThat(shown(PlainEncoder.Loss.EVERYTHING, 1000))
        .isEqualTo("«Hi\nHello!⟨|endoftext|⟩<|endoftext|>?\nBye.⟨|endoftext|⟩»");
    assertThat(shown(PlainEncoder.Loss.ANSWERS, 1000))
        .isEqualTo("Hi\n«Hello!⟨|endoftext|⟩»<|endoftext|>?\n«Bye.⟨|endoftext|⟩»");
  }

  @Test
  void tooLongADialogueLosesItsOldestTurns() {
    assertThat(shown(PlainEncoder.Loss.ANSWERS, 22))
        .isEqualTo("<|endoftext|>?\n«Bye.⟨|endoftext|⟩»");
  }

  private String shown(PlainEncoder.Loss loss, int most) {
    return tiny.show(
        new PlainEncoder(tiny.tokenizer, tiny.id("<|endoftext|>"), loss, most).encode(DIALOGUE));
  }
}
