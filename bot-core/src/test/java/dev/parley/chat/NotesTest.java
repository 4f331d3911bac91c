package dev.parley.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NotesTest {
  private final Notes notes =
      Notes.none().alsoBefore("A new conversation.").after("I can be wrong.");

  @Test
  void notesStandAroundTheAnswer() {
    assertThat(notes.around("Paris."))
        .isEqualTo("_A new conversation._\n\nParis.\n\n_I can be wrong._");
  }

  @Test
  void whatWasSaidApartIsNotSaidAgain() {
    assertThat(notes.without(note -> note.startsWith("A new")).around("Paris."))
        .isEqualTo("Paris.\n\n_I can be wrong._");
    assertThat(notes.without(note -> true).around("Paris.")).isEqualTo("Paris.");
  }
}
