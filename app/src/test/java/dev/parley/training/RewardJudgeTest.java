package dev.parley.training;

import static dev.parley.training.TinyRuns.TINY;
import static dev.parley.training.TinyRuns.never;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.model.ChatMessage;
import dev.parley.model.GenerationOptions;
import dev.parley.model.GenerationResult;
import dev.parley.model.LanguageModel;
import dev.parley.model.ModelException;
import dev.parley.model.SamplingOptions;
import dev.parley.model.engine.LocalModel;
import dev.parley.model.engine.LocalModelOptions;
import dev.parley.model.engine.ModelParts;
import dev.parley.model.ranking.BestOf;
import dev.parley.model.training.Reading;
import dev.parley.model.training.TrainingOptions;
import dev.parley.model.transformer.AdamW;
import dev.parley.model.transformer.LoraOptions;
import dev.parley.model.transformer.Processor;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RewardJudgeTest {
  private static final List<ChatMessage> QUESTION = List.of(ChatMessage.user("Question 3?"));

  @TempDir private Path folder;

  @Test
  void answersOfTheRealEngineAreChosenByWhatWasLearned() throws Exception {
    try (RewardJudge judge = RewardJudge.load(learned(), Processor.CPU)) {
      double[] scores = judge.score(QUESTION, List.of("Go away now.", "The sea is blue."));
      assertThat(scores[1]).isGreaterThan(scores[0] + 1);

      GenerationOptions drawn = GenerationOptions.of(8, SamplingOptions.GREEDY.withTemperature(1));
      BestOf bestOf = new BestOf(4, judge);
      StringBuilder heard = new StringBuilder();
      try (LanguageModel model =
          bestOf.on(LocalModel.load(TINY, LocalModelOptions.DEFAULT.withSlots(4, 128)))) {
        GenerationResult best = model.generate(QUESTION, drawn, heard::append).result().get();
        assertThat(heard.toString()).isEqualTo(best.text()).isNotBlank();
      }
    }
  }

  @Test
  void aFolderWithoutARewardModelIsNamed() {
    assertThatThrownBy(() -> RewardJudge.load(folder, Processor.CPU))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("./parley train reward");
  }

  private Path learned() throws IOException {
    Path data = Files.write(folder.resolve("pairs.jsonl"), TinyRuns.preferences());
    Path out = folder.resolve("reward");
    TrainingRequest request =
        new TrainingRequest(
            List.of(data),
            Optional.of(out),
            Optional.of(new LoraOptions(8, 16, 0, Set.of(), 1)),
            new TrainingOptions(3, 4, 512, 1e-2, 0.1, AdamW.Options.USUAL.withDecay(0), 1),
            64,
            0,
            false,
            true);
    PrintStream nobody = new PrintStream(OutputStream.nullOutputStream());
    try (ModelParts parts = ModelParts.open(TINY, Map.of())) {
      new Training<>(
              new Reward(new Reading(1, 0, true, true), 0, 1),
              request,
              parts,
              "tiny",
              Processor.CPU,
              TinyRuns.operator(folder, nobody, never()))
          .run();
    }
    return out;
  }
}
