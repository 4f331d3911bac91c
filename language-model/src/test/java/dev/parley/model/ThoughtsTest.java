package dev.parley.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThoughtsTest {
  /** What was told apart. */
  private record Told(String thought, String text) {}

  @Test
  void aThoughtBeforeTheAnswerIsNoPartOfIt() {
    assertThat(told("<think>\nThe Moon.\n</think>\n\nIt pulls.\n"))
        .isEqualTo(new Told("The Moon.\n", "It pulls.\n"));
    assertThat(told("\n <think>The Moon.</think>It pulls."))
        .isEqualTo(new Told("The Moon.", "It pulls."));
  }

  @Test
  void anEmptyThoughtIsNone() {
    assertThat(told("<think>\n\n</think>\n\nIt pulls.")).isEqualTo(new Told("", "It pulls."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \n",
        "It pulls.",
        "\n\nIt pulls.",
        "<b>It</b> pulls.",
        "<thinking>It</thinking> pulls.",
        "< think>",
        "<thin",
        "</think>",
        "Write `<think>` first:\n<think>hm</think>"
      })
  void whatIsNoThoughtStaysAsItWasSaid(String answer) {
    assertThat(told(answer)).isEqualTo(new Told("", answer));
  }

  @Test
  void anAnswerMaySpeakOfTheTags() {
    assertThat(told("<think>Tags.</think>It is <think>hm</think>, twice: </think>"))
        .isEqualTo(new Told("Tags.", "It is <think>hm</think>, twice: </think>"));
  }

  @Test
  void aThoughtMaySpeakOfItsBeginning() {
    assertThat(told("<think>I opened by <think>.</think>Done."))
        .isEqualTo(new Told("I opened by <think>.", "Done."));
  }

  @Test
  void aThoughtThatDoesNotEndIsNoAnswer() {
    assertThat(told("<think>The Moon, or the")).isEqualTo(new Told("The Moon, or the", ""));
    assertThat(told("<think>The Moon.</thi")).isEqualTo(new Told("The Moon.</thi", ""));
    assertThat(told("<think>The Moon.</think>\n")).isEqualTo(new Told("The Moon.", ""));
  }

  @Test
  void aPromptMayHaveOpenedTheThought() {
    assertThat(Thoughts.opensAtEnd("<|Assistant|><think>\n")).isTrue();
    assertThat(Thoughts.opensAtEnd("<|im_start|>assistant\n<think>\n\n</think>\n\n")).isFalse();

    assertThat(told(Thoughts.At.OPENED, List.of("\nThe Moon.\n</think>", "\n\nIt pulls.")))
        .isEqualTo(new Told("The Moon.\n", "It pulls."));
  }

  @Test
  void anAnswerThatGoesOnBeginsNoThought() {
    assertThat(told(Thoughts.At.ANSWER, List.of(" <think>", "hm</think>")))
        .isEqualTo(new Told("", " <think>hm</think>"));
  }

  @Test
  void aThoughtThatWasToldApartLeavesTheAnswerWithoutTheSpaceBeforeIt() {
    StringBuilder thought = new StringBuilder();
    StringBuilder text = new StringBuilder();
    Thoughts thoughts = new Thoughts(Thoughts.At.BEGINNING, listener(thought, text));

    thoughts.add("\n");
    thoughts.addThought("The ");
    thoughts.addThought("Moon.");
    thoughts.add("\n");
    thoughts.add("\nIt pulls <think>.");
    thoughts.finish();

    assertThat(new Told(thought.toString(), text.toString()))
        .isEqualTo(new Told("The Moon.", "It pulls <think>."));
  }

  @Property(tries = 2_000)
  void howTheTextIsCutChangesNothing(
      @ForAll("answers") String answer,
      @ForAll List<Integer> lengths,
      @ForAll Thoughts.At beginning) {
    assertThat(told(beginning, cut(answer, lengths)))
        .isEqualTo(told(beginning, List.of(answer)))
        .isEqualTo(told(beginning, answer.codePoints().mapToObj(Character::toString).toList()));
  }

  /** Tags, parts of tags and words in any order. */
  @Provide
  Arbitrary<String> answers() {
    return Arbitraries.of(
            "<think>", "</think>", "<", "</", "<thi", "nk>", ">", "\n", " ", "tide", "潮", "🌊")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }

  private static List<String> cut(String text, List<Integer> lengths) {
    List<String> characters = text.codePoints().mapToObj(Character::toString).toList();
    List<String> pieces = new ArrayList<>();
    int from = 0;
    for (int length : lengths) {
      int to = Math.min(characters.size(), from + Math.floorMod(length, 5));
      pieces.add(String.join("", characters.subList(from, to)));
      from = to;
    }
    pieces.add(String.join("", characters.subList(from, characters.size())));
    return pieces;
  }

  private static Told told(String text) {
    return told(Thoughts.At.BEGINNING, List.of(text));
  }

  private static Told told(Thoughts.At beginning, List<String> pieces) {
    StringBuilder thought = new StringBuilder();
    StringBuilder text = new StringBuilder();
    Thoughts thoughts = new Thoughts(beginning, listener(thought, text));
    pieces.forEach(thoughts::add);
    thoughts.finish();
    return new Told(thought.toString(), text.toString());
  }

  private static TextListener listener(StringBuilder thought, StringBuilder text) {
    return new TextListener() {
      @Override
      public void text(String piece) {
        assertThat(piece).isNotEmpty();
        text.append(piece);
      }

      @Override
      public void thought(String piece) {
        assertThat(piece).isNotEmpty();
        thought.append(piece);
      }
    };
  }
}
