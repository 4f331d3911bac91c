package dev.parley.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.model.ModelException;
import dev.parley.model.engine.ModelParts;
import dev.parley.model.ranking.Ranker;
import dev.parley.model.ranking.RankerOptions;
import dev.parley.model.transformer.Processor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs of a tiny teacher on made-up rows. */
class RankingTest {
  private static final RankerOptions OPTIONS =
      new RankerOptions(8, 32, 1e-2, 0.1, 0.3, 16, 16, 1, 2, 1 << 15, 1);
  private static final List<String> THINGS =
      List.of(
          "sea", "moon", "wood", "door", "lamp", "bird", "book", "coat", "milk", "rain", "road",
          "ship", "snow", "star", "tree", "wind");

  @TempDir private Path folder;
  private final List<String> rows = new ArrayList<>();

  @Test
  void aRankerIsLearnedFromConversationsAndComparedAnswers() throws IOException {
    talk(60);
    TinyOperator operator = new TinyOperator(folder.resolve("training"));

    assertThat(rank(request(true, 0.4), operator.patient())).isTrue();

    assertThat(operator.text())
        .contains(
            "A response ranker, taught by tiny",
            "rows.jsonl: 120 rows",
            "rejected ones",
            "memory ",
            "turns",
            "epoch 8 of 8",
            "TF-IDF",
            "chance",
            "Rejected replies were ranked below");
    assertThat(ImageIO.read(out().resolve("accuracy.png").toFile()).getWidth()).isEqualTo(700);
    assertThat(
            Ranker.load(out().resolve("ranker.safetensors"))
                .best(
                    List.of("Tell me of the moon"),
                    List.of("Go away now", "The moon is very nice")))
        .isEqualTo(1);
  }

  @Test
  void noTeacherIsNeeded() throws IOException {
    talk(60);
    TinyOperator operator = new TinyOperator(folder.resolve("training"));

    assertThat(rank(request(false, 0), operator.patient())).isTrue();

    assertThat(operator.text())
        .contains("without a model", "Too little is held out")
        .doesNotContain("read ");
    assertThat(out().resolve("ranker.safetensors")).exists();
  }

  @Test
  void aRunThatIsStoppedLeavesNothing() throws IOException {
    talk(20);
    for (int looks : new int[] {0, 1, 3}) { // while turns are read, after epochs
      TinyOperator operator = new TinyOperator(folder.resolve("training"));

      assertThat(rank(request(true, 0), operator.stoppingAfter(looks))).isFalse();

      assertThat(operator.text()).contains("Stopped: nothing is written");
      assertThat(out()).doesNotExist();
    }
  }

  @Test
  void aFolderWithARankerIsRefused() throws IOException {
    talk(20);
    TinyOperator operator = new TinyOperator(folder.resolve("training"));
    rank(request(false, 0), operator.patient());

    assertThatThrownBy(() -> rank(request(false, 0), operator.patient()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("--out");
  }

  @Test
  void whatCannotBeLearnedFromIsNamed() throws IOException {
    TinyOperator operator = new TinyOperator(folder.resolve("training"));

    assertThatThrownBy(() -> rank(request(true, 0), operator.patient()))
        .isInstanceOf(NoSuchFileException.class);

    rows.add("no JSON");
    write();
    assertThatThrownBy(() -> rank(request(true, 0), operator.patient()))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll("rows.jsonl, line 1:", "--leave-out-bad-lines");

    rows.set(0, conversation("Why?", "No"));
    write();
    assertThatThrownBy(() -> rank(request(true, 0), operator.patient()))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "1 dialogues are too few to learn from: nothing is in 2 turns or more of these"
                + " dialogues.");
    assertThatThrownBy(() -> rank(request(true, 0.999999), operator.patient()))
        .isInstanceOf(ModelException.class)
        .hasMessage("No dialogue is left to learn from: 1 are held out.");
  }

  private boolean rank(RankingRequest request, Training.Operator operator) throws IOException {
    try (ModelParts parts = TinyOperator.model()) {
      return new Ranking(request, parts, "tiny", Processor.CPU, operator).run();
    }
  }

  private RankingRequest request(boolean taught, double heldOut) {
    return new RankingRequest(
        List.of(folder.resolve("rows.jsonl")),
        Optional.of(out()),
        OPTIONS,
        taught,
        heldOut,
        false,
        true);
  }

  private Path out() {
    return folder.resolve("out");
  }

  /** Half of it conversations, half compared answers. */
  private void talk(int each) throws IOException {
    for (int i = 0; i < each; i++) {
      String thing = THINGS.get(i % THINGS.size());
      rows.add(
          conversation("Tell me of the " + thing + " " + i, "The " + thing + " is very nice " + i));
      rows.add(
          "{\"prompt\": \"Tell me of the %s now %d\", \"chosen\": \"The %s is nice %d\", \"rejected\": \"Go away now\"}"
              .formatted(thing, i, thing, i));
    }
    write();
  }

  private static String conversation(String question, String answer) {
    return "{\"messages\": [{\"role\": \"user\", \"content\": \"%s\"}, {\"role\": \"assistant\", \"content\": \"%s\"}]}"
        .formatted(question, answer);
  }

  private void write() throws IOException {
    Files.write(folder.resolve("rows.jsonl"), rows);
  }
}
