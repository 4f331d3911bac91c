package dev.parley.model.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.parley.model.text.Grams;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DistillationTest {
  private static final List<String> TEXTS = texts();

  private final Texts texts = Texts.of(TEXTS, 2, 1 << 15);
  private final List<Turn> turns = TEXTS.stream().map(texts::read).toList();

  private static List<String> texts() {
    List<String> all = new ArrayList<>();
    Talk.dialogues(40, 5).forEach(dialogue -> all.addAll(dialogue.turns().subList(2, 4)));
    return all;
  }

  private static List<float[]> teacher() {
    Random random = new Random(6);
    List<float[]> vectors = new ArrayList<>();
    for (String text : TEXTS) {
      float length = text.length() / 10f;
      vectors.add(new float[] {length, text.startsWith("It") ? 1 : 0, random.nextFloat()});
    }
    return vectors;
  }

  @Test
  void textsThatMeanTheSameGetVectorsAsTheTeacherHasThem() {
    try (NDManager memory = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      DistilledInputs inputs = learn(memory, 6_000);

      for (int i = 0; i < turns.size(); i++) {
        float answer = TEXTS.get(i).startsWith("It") ? 1 : -1;
        assertThat(inputs.of(turns.get(i))[1]).isCloseTo(answer, within(0.5f));
      }
    }
  }

  @Test
  void partsTogetherSayNearlyTheSame() {
    try (NDManager memory = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      DistilledInputs whole = learn(memory, 6_000);
      DistilledInputs parts = learn(memory, 30);

      for (Turn turn : turns) {
        assertThat(parts.of(turn)[0]).isCloseTo(whole.of(turn)[0], within(0.5f));
      }
    }
  }

  @Test
  void aTurnsOwnTargetDoesNotShowInItsVector() {
    try (NDManager memory = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      DistilledInputs inputs = learn(memory, 6_000);

      double leftOut = 0;
      double fitted = 0;
      for (int i = 0; i < turns.size(); i++) {
        float noise = teacher().get(i)[2] - 0.5f;
        leftOut += noise * inputs.of(turns.get(i))[2];
        fitted += noise * inputs.embedding().of(turns.get(i))[2];
      }

      assertThat(fitted / turns.size()).isGreaterThan(0.1);
      assertThat(leftOut / turns.size()).isLessThan(0.02);
    }
  }

  private int size() {
    return texts.space(Grams.CHARACTERS).size();
  }

  private DistilledInputs learn(NDManager memory, int most) {
    return Distillation.learn(memory, turns, teacher(), size(), 1, most, 1);
  }
}
