package dev.parley.model.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankingExamTest {
  private static final List<Dialogue> DIALOGUES = dialogues(30);

  private static List<Dialogue> dialogues(int count) {
    List<Dialogue> dialogues = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = "person" + i;
      dialogues.add(
          new Dialogue(
              List.of("Who is it?", "It is " + name, "And again " + name, "Yes"),
              List.of("Go away")));
    }
    return dialogues;
  }

  @Test
  void eachTurnButTheFirstIsAQuestionWithOneRightReplyAmongTen() {
    RankingExam exam = RankingExam.of(DIALOGUES, 3);

    assertThat(exam.questions()).hasSize(90);
    for (RankingExam.Question question : exam.questions()) {
      assertThat(question.replies()).hasSize(10).doesNotHaveDuplicates();
      String right = question.replies().get(question.right());
      assertThat(DIALOGUES)
          .filteredOn(
              each -> each.turns().subList(0, question.turns().size()).equals(question.turns()))
          .extracting(each -> each.turns().get(question.turns().size()))
          .contains(right);
    }
  }

  @Test
  void theRightReplyMayBeAnywhere() {
    assertThat(RankingExam.of(DIALOGUES, 3).questions())
        .extracting(RankingExam.Question::right)
        .contains(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  @Test
  void theSameSeedAsksTheSame() {
    assertThat(RankingExam.of(DIALOGUES, 3)).isEqualTo(RankingExam.of(DIALOGUES, 3));
    assertThat(RankingExam.of(DIALOGUES, 3)).isNotEqualTo(RankingExam.of(DIALOGUES, 4));
  }

  @Test
  void tooFewRepliesAskNothing() {
    RankingExam exam = RankingExam.of(dialogues(2), 3);

    assertThat(exam.questions()).isEmpty();
    assertThat(RankingExam.of(List.of(), 3).questions()).isEmpty();
    assertThatIllegalStateException().isThrownBy(() -> exam.accuracy((turns, replies) -> 0));
  }

  @Test
  void wordsInCommonFindWhoIsSpokenOf() {
    RankingExam exam = RankingExam.of(DIALOGUES, 3);
    RankingExam second =
        new RankingExam(
            exam.questions().stream().filter(each -> each.turns().size() == 2).toList());

    assertThat(second.accuracy(new CommonWords(DIALOGUES)::best)).isGreaterThan(0.9);
    assertThat(second.accuracy((turns, replies) -> 0)).isLessThan(0.5);
  }

  @Test
  void rejectedRepliesAreToScoreBelow() {
    assertThat(RankingExam.order(DIALOGUES, (turns, replies) -> new float[] {2, 1})).hasValue(1);
    assertThat(RankingExam.order(DIALOGUES, (turns, replies) -> new float[] {1, 1})).hasValue(0);
    assertThat(RankingExam.order(List.of(Dialogue.of("a", "b")), (turns, replies) -> new float[1]))
        .isEmpty();
  }
}
