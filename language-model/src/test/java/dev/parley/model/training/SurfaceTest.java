package dev.parley.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.model.training.data.EncodedExample;
import org.junit.jupiter.api.Test;

class SurfaceTest {
  @Test
  void lengthRepetitionAndThePromptsWordsAreSeen() {
    int[] ids = {1, 2, 3, 4, 1, 5, 6, 1, 5, 6, 1, 5};
    boolean[] trained = new boolean[ids.length];
    for (int i = 4; i < ids.length; i++) {
      trained[i] = true;
    }

    float[] seen = Surface.of(new EncodedExample(ids, trained, false));

    double size = Math.log(9);
    double[] expected = {10 * size, size * size, 10 * 3 / 8.0, 10 * 3 / 6.0, 10 * 1 / 4.0};
    assertThat(seen).hasSize(Surface.FIGURES);
    for (int i = 0; i < expected.length; i++) {
      assertThat(seen[i]).isCloseTo((float) expected[i], within(1e-4f));
    }
  }

  @Test
  void theShortestAnswerHasASurfaceToo() {
    float[] seen = Surface.of(new EncodedExample(new int[] {7}, new boolean[] {true}, false));

    assertThat(seen[0]).isCloseTo(10 * (float) Math.log(2), within(1e-4f));
    assertThat(seen).endsWith(10, 0, 0);
  }
}
