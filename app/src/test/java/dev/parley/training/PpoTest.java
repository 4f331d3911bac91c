package dev.parley.training;

import static dev.parley.training.TinyRuns.TINY;
import static dev.parley.training.TinyRuns.after;
import static dev.parley.training.TinyRuns.answer;
import static dev.parley.training.TinyRuns.metrics;
import static dev.parley.training.TinyRuns.never;
import static dev.parley.training.TinyRuns.preferences;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.model.ModelException;
import dev.parley.model.engine.ModelParts;
import dev.parley.model.training.Reading;
import dev.parley.model.training.TrainingOptions;
import dev.parley.model.transformer.AdamW;
import dev.parley.model.transformer.LoraOptions;
import dev.parley.model.transformer.Processor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs of a tiny model that learns by a reward model of its own. */
class PpoTest {
  private static final LoraOptions LORA = new LoraOptions(8, 16, 0, Set.of(), 1);
  private static final int ITERATIONS = 4;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @TempDir private Path folder;

  @BeforeEach
  void learnWhatIsPreferred() throws IOException {
    TrainingRequest request = request(write("pairs.jsonl", preferences()), "reward");
    try (ModelParts parts = ModelParts.open(TINY, Map.of())) {
      new Training<>(
              new Reward(new Reading(1, 48, true, true), 0, 1),
              request,
              parts,
              "tiny",
              Processor.CPU,
              operator(never()))
          .run();
    }
    said.reset();
  }

  @Test
  void everythingOfAnIterationIsKeptAndTheModelIsAnother() throws IOException {
    assertThat(train(request(prompts(), "out"), reward(), never())).isTrue();

    List<JsonNode> iterations = iterations("out");
    assertThat(iterations).hasSize(ITERATIONS);
    assertThat(iterations)
        .allSatisfy(
            each ->
                assertThat(each.properties().stream().map(Map.Entry::getKey))
                    .contains(
                        "reward",
                        "kl",
                        "clip_fraction",
                        "value_loss",
                        "entropy",
                        "length",
                        "price"));
    assertThat(text())
        .contains("4 iterations of 8 answers", "memory ", "What was learned is in", "reward  ");
    assertThat(ImageIO.read(out("out").resolve("curves.png").toFile()).getWidth()).isEqualTo(900);
    assertThat(out("out").resolve("state.safetensors")).doesNotExist();
    assertThat(answer(out("out"))).isNotEqualTo(answer(TINY));
  }

  @Test
  void aRunThatIsStoppedGoesOnToTheSameNumbers() throws IOException {
    train(request(prompts(), "whole"), reward(), never());

    assertThat(train(request(prompts(), "stopped"), reward(), after(2))).isFalse();
    assertThat(text()).contains("Stopped after iteration 2 of 4");
    assertThat(train(request(prompts(), "stopped"), reward(), never())).isTrue();

    assertThat(text()).contains("Going on after iteration 2 of 4");
    assertThat(iterations("stopped")).isEqualTo(iterations("whole"));
    assertThat(out("stopped").resolve("adapter_model.safetensors"))
        .hasSameBinaryContentAs(out("whole").resolve("adapter_model.safetensors"));
  }

  @Test
  void whoeverDoesNotAgreeGetsNoFolder() throws IOException {
    TrainingRequest agreed = request(prompts(), "out");
    TrainingRequest asked =
        new TrainingRequest(
            agreed.data(), agreed.out(), agreed.lora(), agreed.options(), 64, 0.3, false, false);

    assertThat(train(asked, reward(), never())).isFalse();

    assertThat(text()).contains("time       about", "for an iteration");
    assertThat(out("out")).doesNotExist();
  }

  @Test
  void aFolderWithoutARewardModelIsRefused() throws IOException {
    TrainingRequest request = request(prompts(), "out");

    assertThatThrownBy(() -> train(request, TINY, never()))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll("has no reward model", "./parley train reward");
  }

  @Test
  void aRewardModelThatReadsOtherTokensIsRefused() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    for (String name : List.of("config.json", "model.safetensors")) {
      Files.copy(TINY.resolve(name), other.resolve(name));
    }
    String tokenizer = Files.readString(TINY.resolve("tokenizer.json"));
    Files.writeString(
        other.resolve("tokenizer.json"),
        tokenizer.replaceFirst("(?s)\"merges\"\\s*:\\s*\\[.*\\]", "\"merges\": []"));
    Files.copy(reward().resolve("reward.safetensors"), other.resolve("reward.safetensors"));
    TrainingRequest request = request(prompts(), "out");

    assertThatThrownBy(() -> train(request, other, never()))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll("reads other tokens", "train it from the same model");
  }

  @Test
  void aFileWithoutPromptsIsNamed() throws IOException {
    TrainingRequest empty = request(write("none.jsonl", List.of()), "out");
    TrainingRequest wrong = request(write("wrong.jsonl", List.of("{\"text\": \"a\"}")), "out");

    assertThatThrownBy(() -> train(empty, reward(), never()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none.jsonl");
    assertThatThrownBy(() -> train(wrong, reward(), never()))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll("wrong.jsonl, line 1:", "prompt");
  }

  private boolean train(TrainingRequest request, Path reward, Supplier<? extends StopSignal> stops)
      throws IOException {
    ReinforcementOptions options =
        new ReinforcementOptions(reward, ITERATIONS, 8, 6, 0.05, Double.MAX_VALUE);
    try (ModelParts parts = ModelParts.open(TINY, Map.of())) {
      return new Reinforcement(options, request, parts, "tiny", Processor.CPU, operator(stops))
          .run();
    }
  }

  private TrainingRequest request(Path data, String out) {
    TrainingOptions options =
        new TrainingOptions(2, 4, 512, 1e-2, 0.1, AdamW.Options.USUAL.withDecay(0), 1);
    return new TrainingRequest(
        List.of(data), Optional.of(out(out)), Optional.of(LORA), options, 64, 0.3, false, true);
  }

  private Training.Operator operator(Supplier<? extends StopSignal> stops) {
    return TinyRuns.operator(folder, new PrintStream(said, true, StandardCharsets.UTF_8), stops);
  }

  /** Pairs, questions alone, and conversations. */
  private Path prompts() throws IOException {
    return write(
        "prompts.jsonl",
        Stream.concat(
                preferences().stream(),
                Stream.of(
                    "{\"prompt\": \"Why?\"}",
                    "{\"messages\": [{\"role\": \"user\", \"content\": \"Who?\"},"
                        + " {\"role\": \"assistant\", \"content\": \"I.\"}]}"))
            .toList());
  }

  private Path write(String name, List<String> lines) throws IOException {
    return Files.write(folder.resolve(name), lines);
  }

  private Path reward() {
    return out("reward");
  }

  private Path out(String name) {
    return folder.resolve(name);
  }

  private String text() {
    return said.toString(StandardCharsets.UTF_8);
  }

  /** All but how long each took. */
  private List<JsonNode> iterations(String out) throws IOException {
    return metrics(out(out)).stream()
        .filter(line -> line.has("price"))
        .map(line -> ((ObjectNode) line).without("seconds"))
        .map(JsonNode.class::cast)
        .toList();
  }
}
