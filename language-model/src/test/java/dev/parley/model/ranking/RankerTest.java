package dev.parley.model.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankerTest {
  private static final RankerOptions OPTIONS =
      new RankerOptions(15, 64, 1e-2, 0.1, 0.3, 32, 32, 1, 2, 1 << 15, 7);
  private static final EpochListener GO_ON = (epoch, epochs, loss) -> true;
  private static final Ranker RANKER =
      new RankerTraining(Talk.dialogues(200, 1), OPTIONS).train(GO_ON);

  @Test
  void theReplyThatFitsIsFoundAmongFive() {
    assertThat(Talk.accuracy(RANKER, 300, 2)).isGreaterThan(0.9);
  }

  @Test
  void aTeacherSaysWhatTextsMean() {
    RankerTraining training = new RankerTraining(Talk.dialogues(200, 1), OPTIONS);

    Ranker taught = training.train(Talk::meanings, GO_ON);

    assertThat(taught.embedding().width()).isEqualTo(10);
    assertThat(Talk.accuracy(taught, 300, 2)).isGreaterThan(0.9);
  }

  @Test
  void aTeacherGivesAVectorForEachTurn() {
    RankerTraining training = new RankerTraining(Talk.dialogues(20, 1), OPTIONS);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> training.train(turns -> List.of(new float[3]), GO_ON))
        .withMessage("expected 80 vectors of the same width, found 1 of 1 widths");
  }

  @Test
  void theSameSeedGivesTheSameRanker() {
    List<Dialogue> dialogues = Talk.dialogues(100, 3);
    RankerOptions options = OPTIONS.withEpochs(2);
    List<String> turns = List.of("What colour is the car?");
    List<String> replies = List.of("It is red", "It is noon", "It is Paris");

    float[] once = new RankerTraining(dialogues, options).train(GO_ON).score(turns, replies);
    float[] again = new RankerTraining(dialogues, options).train(GO_ON).score(turns, replies);
    float[] other =
        new RankerTraining(dialogues, options.withSeed(8)).train(GO_ON).score(turns, replies);

    assertThat(again).isEqualTo(once);
    assertThat(other).isNotEqualTo(once);
  }

  @Test
  void trainingEndsWhereTheListenerHasEnough() {
    List<Double> losses = new ArrayList<>();

    new RankerTraining(Talk.dialogues(150, 3), OPTIONS)
        .train(
            (epoch, epochs, loss) -> {
              losses.add(loss);
              return epoch < 3;
            });

    assertThat(losses).hasSize(3);
    assertThat(losses.getLast()).isLessThan(losses.getFirst());
  }

  @Test
  void rejectedRepliesAreRankedBelow() {
    List<Dialogue> dialogues = new ArrayList<>();
    for (Dialogue dialogue : Talk.dialogues(150, 4)) {
      List<String> turns = new ArrayList<>(dialogue.turns());
      String rude = turns.getLast().replace("It is", "Shut up,");
      dialogues.add(new Dialogue(turns, List.of(rude)));
    }
    List<String> turns = List.of("Hello there", "Hi, nice day", "What colour is the car?");
    List<String> replies = List.of("Shut up, red", "It is red");

    Ranker polite = new RankerTraining(dialogues, OPTIONS).train(GO_ON);

    assertThat(polite.best(turns, replies)).isEqualTo(1);
  }

  @Test
  void scoresDoNotDependOnTheOtherReplies() {
    List<String> turns = List.of("Who bought the boat?");

    float[] both = RANKER.score(turns, List.of("It is Alice", "It is blue"));

    assertThat(RANKER.score(turns, List.of("It is blue"))).containsExactly(both[1]);
  }

  @Test
  void anyTextIsScored() {
    String zalgo = "t\u0335\u0321\u0322".repeat(2_000);
    List<String> texts =
        List.of(
            "",
            " \n\t",
            "😀👩‍👩‍👧‍👦🇹🇼",
            "\uD83D",
            "\uDE00 \uD83D",
            "\u0000\u0007",
            zalgo,
            "İıẞ",
            "ทดสอบ",
            "مرحبا",
            "What ".repeat(20_000),
            "中文".repeat(50_000));

    for (String text : texts) {
      for (List<String> turns : List.of(List.<String>of(), List.of(text), List.of("Hi", text))) {
        for (float score : RANKER.score(turns, texts)) {
          assertThat(score).isFinite();
        }
      }
    }
  }

  @Test
  void nothingToChooseFromIsAnError() {
    assertThat(RANKER.score(List.of("Hi"), List.of())).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> RANKER.best(List.of("Hi"), List.of()));
  }

  @Test
  void dialoguesHaveAReply() {
    assertThatIllegalArgumentException().isThrownBy(() -> Dialogue.of("alone"));
  }

  @Test
  void dialoguesHaveSomethingInCommon() {
    List<Dialogue> strange = List.of(Dialogue.of("中", "文"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RankerTraining(strange, OPTIONS))
        .withMessage("nothing is in 2 turns or more of these dialogues");
  }
}
