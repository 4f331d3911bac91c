package dev.parley.model.template;

import dev.parley.model.ChatMessage;
import dev.parley.model.Goldens;
import dev.parley.model.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a chat template adds to a prompt: each answer and each training example renders some. */
public class ChatTemplateBenchmark {
  /** Templates of models that Parley runs. */
  public enum Model {
    DEFAULT,
    QWEN_3;

    private String template() {
      return switch (this) {
        case DEFAULT ->
            Goldens.json("smollm2/metadata.json")
                .get("metadata")
                .valueStream()
                .filter(entry -> entry.get("key").asText().equals("tokenizer.chat_template"))
                .findFirst()
                .orElseThrow()
                .get("value")
                .asText();
        case QWEN_3 -> Goldens.json("template/qwen3.json").get("template").asText();
      };
    }
  }

  @State(Scope.Thread)
  public static class Chat {
    @Param private Model model = Model.DEFAULT;

    @Param({"4", "40"})
    private int messages = 4;

    private ChatTemplate template = ChatTemplate.of("", Map.of());
    private final List<ChatMessage> chat = new ArrayList<>();

    @Setup
    public void write() {
      template = ChatTemplate.of(model.template(), Map.of("bos_token", "", "eos_token", ""));
      for (int i = 0; i < messages; i++) {
        chat.add(
            new ChatMessage(
                i % 2 == 0 ? Role.USER : Role.ASSISTANT,
                "Message " + i + ", some two lines long.\nWhat do you think of it?"));
      }
    }
  }

  @Benchmark
  public String rendering(Chat chat) {
    return chat.template.render(chat.chat, true);
  }
}
