package dev.parley.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.model.ChatMessage;
import dev.parley.model.ModelException;
import dev.parley.model.Role;
import dev.parley.model.engine.ModelParts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration with a tiny model that knows nothing. */
class ConversationDemoTest {
  private static final Path TINY =
      Path.of("../language-model/src/test/resources/dev/parley/model/tiny/llama-tied");

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @TempDir private Path folder;

  @Test
  void everyAnswerOfTheConversationIsRepeatedWordForWord() throws IOException {
    List<ChatMessage> conversation =
        List.of(
            ChatMessage.user("Who?"),
            ChatMessage.assistant("A gull."),
            ChatMessage.user("Where?"),
            ChatMessage.assistant("On the roof."),
            ChatMessage.user("Why?"),
            ChatMessage.assistant("Toast!"));

    assertThat(run(conversation)).isTrue();

    assertThat(text()).contains("3 of 3 answers", "On the roof.", "before", "after");
    assertThat(ImageIO.read(folder.resolve("conversation.png").toFile())).isNotNull();
  }

  @Test
  void aModelWithoutRoomForItIsNamed() throws IOException {
    List<ChatMessage> conversation = ConversationDemo.usual();

    assertThatThrownBy(() -> run(conversation))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll("llama-tied", "no room for the whole conversation", "--model");
  }

  @Test
  void theConversationThatComesWithTheProgramHasAnAnswerToEachQuestion() throws IOException {
    List<ChatMessage> conversation = ConversationDemo.usual();

    assertThat(conversation).hasSizeBetween(12, 16);
    assertThat(conversation.getLast().role()).isEqualTo(Role.ASSISTANT);
  }

  private boolean run(List<ChatMessage> conversation) throws IOException {
    PrintStream print = new PrintStream(said, true, StandardCharsets.UTF_8);
    try (ModelParts parts = ModelParts.open(TINY, Map.of())) {
      return new ConversationDemo(parts, conversation, 1e-2, 1, print, print).run(folder);
    }
  }

  private String text() {
    return said.toString(StandardCharsets.UTF_8);
  }
}
