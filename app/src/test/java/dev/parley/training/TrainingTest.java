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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs of a tiny model on made-up rows. */
class TrainingTest {
  private static final LoraOptions LORA = new LoraOptions(8, 16, 0.1, Set.of(), 1);
  private static final int STEPS = 10;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @TempDir private Path folder;

  @Test
  void rowsThatWereNotLearnedAreKnownBetterAfterwards() throws IOException {
    Path data = write("rows.jsonl", demonstrations());

    assertThat(train(new Supervised(false), request(data, Optional.of(LORA)), never())).isTrue();

    assertThat(lastExamination(out(), "loss"))
        .isLessThan(figure(examinations(out()).getFirst(), "loss"));
    assertThat(metrics(out()).stream().filter(line -> line.has("rate"))).hasSize(STEPS);
    assertThat(ImageIO.read(out().resolve("curves.png").toFile()).getWidth()).isEqualTo(900);
    assertThat(out().resolve("state.safetensors")).doesNotExist();
    assertThat(text()).contains("20 rows", "10 steps in 2 epochs", "before", "after");
    assertThat(answer(out())).isNotEqualTo(answer(TINY));
  }

  @Test
  void allWeightsBecomeAModelFolder() throws IOException {
    Path data = write("rows.jsonl", demonstrations());

    assertThat(train(new Supervised(true), request(data, Optional.empty()), never())).isTrue();

    assertThat(out().resolve("config.json")).exists();
    assertThat(answer(out())).isNotEqualTo(answer(TINY));
  }

  @Test
  void aRunThatIsStoppedGoesOnToTheSameNumbers() throws IOException {
    Path data = write("rows.jsonl", demonstrations());
    TrainingRequest whole = request(data, Optional.of(LORA), folder.resolve("whole"));
    train(new Supervised(false), whole, never());

    for (int stop : new int[] {2, 5, 7}) { // in the first epoch, at its end, in the second
      Path out = folder.resolve("stopped-" + stop);
      TrainingRequest request = request(data, Optional.of(LORA), out);
      assertThat(train(new Supervised(false), request, after(stop))).isFalse();
      assertThat(text()).contains("Stopped after step " + stop, "--out " + out);
      Files.writeString(
          out.resolve("metrics.jsonl"),
          Files.readString(out.resolve("metrics.jsonl"))
              + "{\"step\":9,\"loss\":1,\"rate\":1}\n{\"step\":10,\"lo"); // killed later

      assertThat(train(new Supervised(false), request, never())).isTrue();

      assertThat(losses(out)).isEqualTo(losses(folder.resolve("whole")));
      assertThat(examinations(out)).isEqualTo(examinations(folder.resolve("whole")));
      assertThat(out.resolve("adapter_model.safetensors"))
          .hasSameBinaryContentAs(folder.resolve("whole").resolve("adapter_model.safetensors"));
    }
  }

  @Test
  void theSameCommandFindsTheFolderOfTheRunThatStopped() throws IOException {
    TrainingRequest named = request(write("rows.jsonl", demonstrations()), Optional.of(LORA));
    TrainingRequest request =
        new TrainingRequest(
            named.data(), Optional.empty(), named.lora(), named.options(), 64, 0.3, false, true);
    train(new Supervised(false), request, after(2));
    said.reset();

    assertThat(train(new Supervised(false), request, never())).isTrue();

    assertThat(text()).contains("Going on after step 2 of 10");
    assertThatThrownBy(() -> train(new Supervised(false), request, never()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("has the model of a run that ended");
  }

  @Test
  void aFolderOfAnotherRunIsRefused() throws IOException {
    Path data = write("rows.jsonl", demonstrations());
    train(new Supervised(false), request(data, Optional.of(LORA)), after(2));

    assertThatThrownBy(
            () ->
                train(
                    new Supervised(false),
                    request(write("others.jsonl", demonstrations().subList(0, 15)), lora(4)),
                    never()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("is of another run");
  }

  @Test
  void linesThatCannotBeUsedAreNamedAndLeftOutIfWanted() throws IOException {
    List<String> lines = new ArrayList<>(demonstrations());
    lines.set(2, "no JSON");
    lines.set(7, "{\"messages\": []}");
    Path data = write("rows.jsonl", lines);

    assertThatThrownBy(
            () -> train(new Supervised(false), request(data, Optional.of(LORA)), never()))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll(
            "rows.jsonl, line 3:", "rows.jsonl, line 8:", "--leave-out-bad-lines");

    TrainingRequest strict = request(data, Optional.of(LORA));
    TrainingRequest lenient =
        new TrainingRequest(
            strict.data(), strict.out(), strict.lora(), strict.options(), 64, 0.3, true, true);
    assertThat(train(new Supervised(false), lenient, never())).isTrue();
    assertThat(text()).contains("18 rows, 2 lines left out");
  }

  @Test
  void aProjectionThatTheModelLacksIsNamed() throws IOException {
    LoraOptions wrong = new LoraOptions(8, 16, 0, Set.of("q_proj", "c_attn"), 1);
    TrainingRequest request = request(write("rows.jsonl", demonstrations()), Optional.of(wrong));

    assertThatThrownBy(() -> train(new Supervised(false), request, never()))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll("c_attn", "this model has", "q_proj");
  }

  @Test
  void aRewardModelLeavesItsHeadAndHowFarItCanBeBelieved() throws IOException {
    Path data = write("pairs.jsonl", preferences());

    assertThat(train(new Reward(Reading.WHOLE, 0, 1), request(data, Optional.of(LORA)), never()))
        .isTrue();

    assertThat(lastExamination(out(), "accuracy")).isEqualTo(1);
    assertThat(out().resolve("reward.safetensors")).exists();
    assertThat(ImageIO.read(out().resolve("calibration.png").toFile())).isNotNull();
  }

  /** What a reward model begins with is found once: a run that goes on has learned from there. */
  @Test
  void aRewardModelThatGoesOnDoesNotBeginAgain() throws IOException {
    Path data = write("pairs.jsonl", preferences());
    TrainingRequest request = request(data, Optional.of(LORA));

    assertThat(train(new Reward(Reading.WHOLE, 0, 1), request, after(1))).isFalse();
    assertThat(train(new Reward(Reading.WHOLE, 0, 1), request, never())).isTrue();

    assertThat(text()).containsOnlyOnce("Reading all rows");
    assertThat(lastExamination(out(), "accuracy")).isEqualTo(1);
  }

  @Test
  void aBeginningOfTheNetworkIsTrainedBesideIt() throws IOException {
    Path data = write("pairs.jsonl", preferences());
    Reward first = new Reward(new Reading(1, 0, false, false), 0, 1);
    Reward tooMany = new Reward(new Reading(99, 0, false, false), 0, 1);

    assertThatThrownBy(() -> train(first, request(data, Optional.empty()), never()))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll("matrices of low rank", "--full", "--layers");
    assertThatThrownBy(() -> train(tooMany, request(data, Optional.of(LORA)), never()))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll("layers", "first 99", "ask for fewer");
  }

  @Test
  void pairsAreLearnedWithoutARewardModel() throws IOException {
    Path data = write("pairs.jsonl", preferences());

    assertThat(train(new DirectPreference(0.1), request(data, Optional.of(LORA)), never()))
        .isTrue();

    assertThat(lastExamination(out(), "accuracy")).isEqualTo(1);
    assertThat(lastExamination(out(), "loss")).isLessThan(Math.log(2));
  }

  @Test
  void whoeverDoesNotAgreeGetsNoFolder() throws IOException {
    TrainingRequest agreed = request(write("rows.jsonl", demonstrations()), Optional.of(LORA));
    TrainingRequest asked =
        new TrainingRequest(
            agreed.data(), agreed.out(), agreed.lora(), agreed.options(), 64, 0.3, false, false);

    assertThat(train(new Supervised(false), asked, never())).isFalse();

    assertThat(text()).contains("memory ", "time ");
    assertThat(out()).doesNotExist();
  }

  private <R> boolean train(
      Stage<R> stage, TrainingRequest request, Supplier<? extends StopSignal> stops)
      throws IOException {
    PrintStream print = new PrintStream(said, true, StandardCharsets.UTF_8);
    Training.Operator operator = TinyRuns.operator(folder, print, stops);
    try (ModelParts parts = ModelParts.open(TINY, Map.of())) {
      return new Training<>(stage, request, parts, "tiny", Processor.CPU, operator).run();
    }
  }

  private TrainingRequest request(Path data, Optional<LoraOptions> lora) {
    return request(data, lora, out());
  }

  private static TrainingRequest request(Path data, Optional<LoraOptions> lora, Path out) {
    TrainingOptions options =
        new TrainingOptions(2, 3, 512, 1e-2, 0.1, AdamW.Options.USUAL.withDecay(0), 1);
    return new TrainingRequest(
        List.of(data), Optional.of(out), lora, options, 64, 0.3, false, true);
  }

  private static Optional<LoraOptions> lora(int rank) {
    return Optional.of(new LoraOptions(rank, 16, 0, Set.of(), 1));
  }

  private Path out() {
    return folder.resolve("out");
  }

  private static List<String> demonstrations() {
    return IntStream.range(0, 20)
        .mapToObj(
            i ->
                "{\"messages\": [{\"role\": \"user\", \"content\": \"Question %d?\"}, {\"role\": \"assistant\", \"content\": \"The sea is blue.\"}]}"
                    .formatted(i))
        .toList();
  }

  private Path write(String name, List<String> lines) throws IOException {
    return Files.write(folder.resolve(name), lines);
  }

  private String text() {
    return said.toString(StandardCharsets.UTF_8);
  }

  private static List<Double> losses(Path out) throws IOException {
    return metrics(out).stream()
        .filter(line -> line.has("rate"))
        .map(line -> line.path("loss").asDouble())
        .toList();
  }

  private static List<JsonNode> examinations(Path out) throws IOException {
    return metrics(out).stream().filter(line -> line.has("held_out")).toList();
  }

  private static double lastExamination(Path out, String name) throws IOException {
    return figure(examinations(out).getLast(), name);
  }

  private static double figure(JsonNode examination, String name) {
    return Objects.requireNonNull(examination.path("held_out").get(name)).asDouble();
  }
}
