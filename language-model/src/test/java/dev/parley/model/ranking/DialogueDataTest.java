package dev.parley.model.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.model.ChatMessage;
import dev.parley.model.training.data.Demonstration;
import dev.parley.model.training.data.Preference;
import java.util.List;
import org.junit.jupiter.api.Test;

class DialogueDataTest {
  private static final List<ChatMessage> PROMPT =
      List.of(ChatMessage.system("Be kind."), ChatMessage.user("Hi"));

  @Test
  void aDemonstrationIsADialogueWithoutItsSystemText() {
    Demonstration hello =
        new Demonstration(
            "x", List.of(PROMPT.get(0), PROMPT.get(1), ChatMessage.assistant("Hello")));

    assertThat(DialogueData.of(List.of(hello), List.of()))
        .containsExactly(Dialogue.of("Hi", "Hello"));
  }

  @Test
  void aRankedListIsOneDialogueWithAllThatIsWorse() {
    List<Preference> pairs =
        List.of(
            new Preference("x", PROMPT, "best", "good"),
            new Preference("x", PROMPT, "best", "bad"),
            new Preference("x", PROMPT, "good", "bad"));

    assertThat(DialogueData.of(List.of(), pairs))
        .containsExactly(new Dialogue(List.of("Hi", "best"), List.of("good", "bad")));
  }
}
