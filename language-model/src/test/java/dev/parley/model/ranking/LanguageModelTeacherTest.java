package dev.parley.model.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.model.Goldens;
import dev.parley.model.engine.ModelParts;
import dev.parley.model.transformer.Processor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LanguageModelTeacherTest {
  private ModelParts parts;
  private LanguageModelTeacher teacher;

  @BeforeEach
  void load() throws IOException {
    parts = ModelParts.open(Goldens.path("tiny/llama-tied"), Map.of());
    teacher = new LanguageModelTeacher(parts, Processor.CPU);
  }

  @AfterEach
  void close() {
    teacher.close();
    parts.close();
  }

  @Test
  void aTurnMeansTheSameWhateverStandsBesideIt() {
    String turn = "The sea is blue today.";

    float[] alone = teacher.vectors(List.of(turn)).getFirst();
    List<float[]> several =
        teacher.vectors(List.of("Hi", turn, "no ".repeat(30), turn, "x ".repeat(3_000)));

    assertThat(alone).hasSize(parts.checkpoint().width());
    assertThat(several.get(1)).containsExactly(alone, within(1e-4f));
    assertThat(several.get(3)).containsExactly(alone, within(1e-4f));
    assertThat(several.getFirst()).isNotEqualTo(alone);
  }

  @Test
  void theFirstTokensOfALongTurnAreRead() {
    String begins = "word ".repeat(LanguageModelTeacher.MOST_TOKENS);

    List<float[]> vectors = teacher.vectors(List.of(begins + "one", begins + "other things"));

    assertThat(vectors.getFirst()).isEqualTo(vectors.getLast());
  }

  @Test
  void nothingMeansNothing() {
    assertThat(teacher.vectors(List.of(""))).containsExactly(new float[parts.checkpoint().width()]);
    assertThat(teacher.vectors(List.of())).isEmpty();
  }
}
