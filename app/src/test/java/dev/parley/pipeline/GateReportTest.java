package dev.parley.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.pipeline.GateReport.Sides;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GateReportTest {
  private static final Sides SAME = new Sides(10, 10);

  private static GateReport report(
      int wins, int losses, Sides right, Sides perplexity, Sides length) {
    return new GateReport(
        Optional.of(0.75), wins, losses, 16, right, Optional.of(perplexity), length);
  }

  @Test
  void whatIsNotWorseMayBeTried() {
    GateReport report = report(7, 5, new Sides(10, 9), new Sides(10, 10.9), new Sides(40, 21));

    assertThat(report.passed()).isTrue();
    assertThat(report.table())
        .contains("preferred by a judge (right: 75 %)", "perplexity of good answers", "It passed.");
    assertThat(report.json()).contains("\"preferred\":7", "\"judge accuracy\":0.75");
  }

  @Test
  void aVersionThatNothingChangedMayBeTried() {
    assertThat(report(0, 0, SAME, SAME, new Sides(0, 0)).passed()).isTrue();
  }

  @Test
  void eachFaultIsSaid() {
    assertThat(report(5, 7, SAME, SAME, SAME).faults())
        .containsExactly("The judge prefers the answers of before (7 of 12).");
    assertThat(report(1, 0, new Sides(10, 8), SAME, SAME).faults())
        .containsExactly("It knows fewer of the 16 fixed questions (10 before, 8 after).");
    assertThat(report(1, 0, SAME, new Sides(10, 11.2), SAME).faults())
        .containsExactly("Good answers surprise it more (perplexity 10.00 before, 11.20 after).");
    assertThat(report(1, 0, SAME, new Sides(10, Double.NaN), SAME).faults()).hasSize(1);
    assertThat(report(1, 0, SAME, SAME, new Sides(40, 81)).faults())
        .containsExactly("Its answers are of another length (40 tokens before, 81 after).");
    assertThat(report(1, 0, SAME, SAME, new Sides(40, 19)).passed()).isFalse();
  }

  @Test
  void faultsStandInTheFigures() {
    assertThat(report(5, 7, SAME, SAME, SAME).json()).contains("\"faults\":[\"The judge");
  }

  @Test
  void everyFixedQuestionHasARightAnswer() {
    assertThat(FixedQuestion.all()).hasSizeGreaterThan(10);
    assertThat(FixedQuestion.all().getFirst().isRight("It is PARIS.")).isTrue();
    assertThat(FixedQuestion.all().getFirst().isRight("London")).isFalse();
  }
}
