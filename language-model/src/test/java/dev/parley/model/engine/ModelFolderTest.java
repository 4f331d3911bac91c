package dev.parley.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.model.ChatMessage;
import dev.parley.model.GenerationOptions;
import dev.parley.model.GenerationResult;
import dev.parley.model.Goldens;
import dev.parley.model.SamplingOptions;
import dev.parley.model.TextListener;
import dev.parley.model.file.ModelFormatException;
import dev.parley.model.transformer.Weights;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model as transformers writes it, beside the same one in GGUF. */
class ModelFolderTest {
  private static final LocalModelOptions EXACT =
      LocalModelOptions.DEFAULT.withWeights(Weights.FP32).withSlots(1, 256);

  private static final Duration LONGEST_END = Duration.ofSeconds(20);

  @TempDir private Path folder;

  @BeforeEach
  void copy() throws IOException {
    for (String name : List.of("model.safetensors", "config.json", "tokenizer.json")) {
      Files.copy(Goldens.path("tiny/llama-tied/" + name), folder.resolve(name));
    }
  }

  @Test
  void aFolderWritesWhatItsGgufTwinWrites() throws IOException {
    try (LocalModel gguf = LocalModel.load(Goldens.path("tiny/llama-tied.F32.gguf"), EXACT);
        LocalModel ofFolder = LocalModel.load(folder, EXACT);
        LocalModel ofFile = LocalModel.load(folder.resolve("model.safetensors"), EXACT)) {
      String expected = gguf.generate("The tides rise", 30, 0);

      assertThat(expected).isNotEmpty();
      assertThat(ofFolder.generate("The tides rise", 30, 0)).isEqualTo(expected);
      assertThat(ofFile.generate("The tides rise", 30, 0)).isEqualTo(expected);
    }
  }

  @Test
  void theTemplateIsTheFoldersOwn() throws IOException {
    write(
        "tokenizer_config.json",
        "{\"bos_token\": {\"content\": \"<s>\"}, \"chat_template\": \"{{ bos_token }}\"}");
    assertThat(promptTokens("any question")).isEqualTo(1);

    write(
        "tokenizer_config.json",
        "{\"bos_token\": \"<s>\", \"chat_template\": [{\"name\": \"default\", \"template\": \"{{"
            + " bos_token }}{{ bos_token }}\"}]}");
    assertThat(promptTokens("any question")).isEqualTo(2);

    write("chat_template.jinja", "{{ bos_token }}{{ bos_token }}{{ bos_token }}");
    assertThat(promptTokens("any question")).isEqualTo(3);
  }

  @Test
  void aThoughtThatTheTemplateOpensIsNoAnswer() throws IOException {
    write(
        "tokenizer_config.json",
        "{\"bos_token\": \"<s>\", \"chat_template\": \"{{ bos_token }}<think>\\n\"}");
    List<ChatMessage> asked = List.of(ChatMessage.user("Why?"));
    List<ChatMessage> begun = List.of(ChatMessage.user("Why?"), ChatMessage.assistant("The"));
    GenerationOptions options = GenerationOptions.of(20, SamplingOptions.GREEDY).withIgnoreEnd();
    try (LocalModel model = LocalModel.load(folder, EXACT)) {
      GenerationResult thinking = model.generate(asked, options, TextListener.NONE).result().join();
      GenerationResult goingOn = model.generate(begun, options, TextListener.NONE).result().join();
      GenerationResult plain =
          model.complete("<think>", options, TextListener.NONE).result().join();

      assertThat(thinking.thought()).isNotEmpty();
      assertThat(thinking.text()).isEmpty();
      assertThat(thinking.generatedTokens()).isEqualTo(20);
      assertThat(goingOn.thought()).isEmpty();
      assertThat(goingOn.text()).isNotEmpty();
      assertThat(goingOn.promptTokens())
          .isEqualTo(1 + model.countTokens("<think>\n\n</think>\n\nThe"));
      assertThat(plain.thought()).isEmpty();
      assertThat(plain.text()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chat_template.jinja",
        "tokenizer_config.json",
        "tokenizer.json",
        "config.json",
        "generation_config.json",
        "model.safetensors.index.json"
      })
  void aFileThatIsNoUtf8IsNamed(String name) throws IOException {
    if (name.equals("model.safetensors.index.json")) {
      Files.delete(folder.resolve("model.safetensors"));
    }
    Files.write(folder.resolve(name), new byte[] {'{', '"', (byte) 0xff, '"', '}'});

    assertRefused("expected UTF-8, found bytes that are not");
    assertRefused(name + ": ");
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    Files.delete(folder.resolve("tokenizer.json"));

    assertRefused("tokenizer.json: expected this file in the folder, found none");
  }

  @Test
  void aFamilyThatIsNotRunIsNamed() throws IOException {
    write("config.json", "{\"model_type\": \"mamba\"}");

    assertRefused(
        "config.json: model_type: expected one of the families this version runs (gpt2, llama,"
            + " mistral, qwen2, qwen3, gemma3_text, phi3, smollm3, olmo2), found mamba");
  }

  @Test
  void weightsOfAnotherShapeAreNamed() throws IOException {
    String config = Files.readString(folder.resolve("config.json"));
    write("config.json", config.replace("\"intermediate_size\": 128", "\"intermediate_size\": 96"));

    assertRefused(
        "tensor model.layers.0.mlp.gate_proj.weight: expected the shape [96, 64], found [128, 64]");
  }

  @Test
  void moreTokensThanTheWeightsHaveAreRefused() throws IOException {
    String tokenizer = Files.readString(folder.resolve("tokenizer.json"));
    write("tokenizer.json", tokenizer.replace("\"~\": 129", "\"~\": 129, \"zzz\": 600"));

    assertRefused("vocabulary: expected at most 512 tokens as the weights have, found 601");
  }

  /** The file is sparse: it takes no room on the disk. */
  @Test
  void aMatrixLargerThanABufferIsOneSentence() throws IOException {
    String config = Files.readString(folder.resolve("config.json"));
    write("config.json", config.replace("\"vocab_size\": 512", "\"vocab_size\": 8400000"));
    long embedding = 8_400_000L * 64 * 2;
    byte[] header =
        """
        {"model.embed_tokens.weight":{"dtype":"BF16","shape":[8400000,64],"data_offsets":[0,%d]},
        "model.norm.weight":{"dtype":"BF16","shape":[64],"data_offsets":[%d,%d]}}\
        """
            .formatted(embedding, embedding, embedding + 128)
            .getBytes(StandardCharsets.US_ASCII);
    ByteBuffer start = ByteBuffer.allocate(8 + header.length).order(ByteOrder.LITTLE_ENDIAN);
    start.putLong(header.length).put(header);
    try (RandomAccessFile file =
        new RandomAccessFile(folder.resolve("model.safetensors").toFile(), "rw")) {
      file.setLength(0);
      file.write(start.array());
      file.setLength(start.capacity() + embedding + 128);
    }

    assertRefused(
        "tensor model.embed_tokens.weight: expected a matrix of at most 536870911 floats, as this"
            + " version loads, found 8400000 rows of 64");
  }

  @Test
  void anInterruptedLoadLeavesNothingRunning() throws Exception {
    FutureTask<LocalModel> load = new FutureTask<>(() -> LocalModel.load(folder, EXACT));
    Thread loader = new Thread(load);
    loader.start();
    while (running("engine").isEmpty() && !load.isDone()) {
      Thread.onSpinWait();
    }

    loader.interrupt();
    loader.join();

    if (load.state() == Future.State.SUCCESS) {
      load.resultNow().close(); // it was quicker
    }
    for (Thread engine : running("engine")) { // it may be about to end
      engine.join(LONGEST_END);
    }
    assertThat(running("engine")).isEmpty();
  }

  private static List<Thread> running(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .toList();
  }

  private int promptTokens(String question) throws IOException {
    try (LocalModel model = LocalModel.load(folder, EXACT)) {
      return model.countTokens(List.of(ChatMessage.user(question)));
    }
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> LocalModel.load(folder, EXACT).close())
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(message);
  }
}
