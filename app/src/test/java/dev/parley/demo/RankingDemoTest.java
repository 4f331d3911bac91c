package dev.parley.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.model.ModelException;
import dev.parley.model.engine.ModelParts;
import dev.parley.model.ranking.RankerOptions;
import dev.parley.model.training.data.DataException;
import dev.parley.model.transformer.Processor;
import dev.parley.training.TinyOperator;
import dev.parley.training.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole demonstration with a tiny teacher and made-up dialogues. */
class RankingDemoTest {
  private static final RankerOptions OPTIONS =
      new RankerOptions(2, 32, 1e-2, 0.1, 0.3, 16, 16, 1, 2, 1 << 15, 1);

  @TempDir private Path folder;

  @Test
  void eachFoldIsExaminedByWhatItDidNotLearn() throws IOException {
    Path data = write("talk.txt", dialogues(40));
    TinyOperator operator = new TinyOperator(folder);

    assertThat(demonstrate(data, Optional.empty(), 3, operator.patient())).isTrue();

    assertThat(operator.text())
        .contains("40 dialogues with 120 turns of talk.txt in 3 folds")
        .containsPattern("fold 1 +26 +[01]\\.\\d{3} +[01]\\.\\d{3}")
        .containsPattern("fold 3 +28 +")
        .containsPattern("mean +80 +[01]\\.\\d{3} +[01]\\.\\d{3}")
        .containsPattern("chance +0\\.100");
    assertThat(ImageIO.read(picture().toFile()).getWidth()).isEqualTo(700);
  }

  @Test
  void parallelDialoguesTeachWhatTheOthersMean() throws IOException {
    Path data = write("zh.txt", chinese(40));
    Path parallel = write("en.txt", dialogues(40));
    TinyOperator operator = new TinyOperator(folder);

    assertThat(demonstrate(data, Optional.of(parallel), 2, operator.patient())).isTrue();

    assertThat(operator.text()).contains("taught by tiny on en.txt", "mean");
  }

  @Test
  void whoStopsSeesWhatThereIs() throws IOException {
    Path data = write("talk.txt", dialogues(40));
    TinyOperator operator = new TinyOperator(folder);

    assertThat(demonstrate(data, Optional.empty(), 3, operator.stoppingAfter(7))).isFalse();

    assertThat(operator.text())
        .containsPattern("mean +26 ")
        .contains("Stopped after 1 of 3 folds.");
    assertThat(picture()).exists();
  }

  @Test
  void whatCannotBeShownIsSaidInASentence() throws IOException {
    Path talk = write("talk.txt", dialogues(40));
    Path few = write("few.txt", dialogues(12));
    Path other = write("other.txt", List.of("{}"));
    Training.Operator operator = new TinyOperator(folder).patient();

    assertThatThrownBy(() -> demonstrate(few, Optional.empty(), 5, operator))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "12 dialogues are too few for 5 folds: each fold needs 10 different replies of several"
                + " dialogues.");
    assertThatThrownBy(() -> demonstrate(talk, Optional.of(few), 2, operator))
        .isInstanceOf(ModelException.class)
        .hasMessage("The files are not parallel: 40 dialogues in one, 12 in the other.");
    assertThatThrownBy(() -> demonstrate(other, Optional.empty(), 2, operator))
        .isInstanceOf(DataException.class)
        .hasMessage("other.txt, line 1: expected turns that end with __eou__, found none");
    assertThatThrownBy(() -> demonstrate(folder.resolve("missing"), Optional.empty(), 2, operator))
        .isInstanceOf(NoSuchFileException.class);
  }

  private boolean demonstrate(
      Path data, Optional<Path> parallel, int folds, Training.Operator operator)
      throws IOException {
    RankingDemo.Request request =
        new RankingDemo.Request(data, parallel, folds, OPTIONS, picture());
    try (ModelParts parts = TinyOperator.model()) {
      return new RankingDemo(request, parts, "tiny", Processor.CPU, operator).run();
    }
  }

  private Path picture() {
    return folder.resolve("pictures").resolve("ranking.png");
  }

  private static List<String> dialogues(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                "Who is number %d ? __eou__ It is %d , sir . __eou__ Thank you , %d . __eou__\t1"
                    .formatted(i, i, i))
        .toList();
  }

  private static List<String> chinese(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "%d号是谁？__eou__是%d，先生。__eou__谢谢你，%d。__eou__".formatted(i, i, i))
        .toList();
  }

  private Path write(String name, List<String> lines) throws IOException {
    return Files.write(folder.resolve(name), lines);
  }
}
