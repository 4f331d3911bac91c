package dev.parley.model.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.model.ChatMessage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeldOutTest {
  @Test
  void theSameQuestionIsNeverOnBothSides() {
    List<Demonstration> all =
        IntStream.range(0, 4000)
            .mapToObj(i -> demonstration(" Question " + i % 1000 + " ".repeat(i % 3), "A" + i))
            .toList();

    HeldOut.Sides<Demonstration> sides = new HeldOut(0.1, 5).demonstrations(all);

    Set<String> heldOut = questions(sides.heldOut());
    assertThat(heldOut).doesNotContainAnyElementsOf(questions(sides.training()));
    assertThat(heldOut).hasSizeBetween(70, 130);
    assertThat(sides.heldOut().size() + sides.training().size()).isEqualTo(4000);
    assertThat(new HeldOut(0.1, 5).demonstrations(all)).isEqualTo(sides);
    assertThat(new HeldOut(0.1, 6).demonstrations(all)).isNotEqualTo(sides);
  }

  @Test
  void demonstrationsAndPreferencesOfAQuestionAreOnTheSameSide() {
    for (int i = 0; i < 100; i++) {
      Demonstration demonstration = demonstration("Question " + i, "A");
      Preference preference = new Preference("x", demonstration.messages().subList(0, 1), "A", "B");
      HeldOut half = new HeldOut(0.5, 1);

      assertThat(half.preferences(List.of(preference)).heldOut())
          .hasSameSizeAs(half.demonstrations(List.of(demonstration)).heldOut());
    }
  }

  @Test
  void nothingOrEverythingCanBeHeldOut() {
    List<Demonstration> all = List.of(demonstration("Q", "A"));

    assertThat(new HeldOut(0, 1).demonstrations(all).training()).isEqualTo(all);
    assertThat(new HeldOut(1, 1).demonstrations(all).heldOut()).isEqualTo(all);
    assertThatThrownBy(() -> new HeldOut(Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Set<String> questions(List<Demonstration> demonstrations) {
    Set<String> questions = new HashSet<>();
    demonstrations.forEach(each -> questions.add(each.messages().getFirst().text().strip()));
    return questions;
  }

  private static Demonstration demonstration(String question, String answer) {
    return new Demonstration(
        "x", List.of(ChatMessage.user(question), ChatMessage.assistant(answer)));
  }
}
