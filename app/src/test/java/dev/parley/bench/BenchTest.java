package dev.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.model.SamplingOptions;
import dev.parley.model.engine.LocalModel;
import dev.parley.model.engine.LocalModelOptions;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {
  private static final Path TINY =
      Path.of("../language-model/src/test/resources/dev/parley/model/tiny/llama-tied.F32.gguf");

  @TempDir private Path folder;

  private static Report measured() throws Exception {
    LocalModelOptions options = LocalModelOptions.DEFAULT.withSlots(4, 2_048);
    try (LocalModel model = LocalModel.load(TINY, options)) {
      return new Bench(
              model,
              SamplingOptions.GREEDY.withTemperature(1),
              1,
              new Random(1),
              new PrintStream(new ByteArrayOutputStream()))
          .run(Bench.names(), "CPU");
    }
  }

  @Test
  void whatIsMeasuredStandsInTableJsonAndPicture() throws Exception {
    Report report = measured();

    assertThat(report.results()).extracting(Result::measure).isEqualTo(Bench.names());
    assertThat(report.results())
        .allSatisfy(
            result -> assertThat(result.figures().size() + result.leftOut().size()).isPositive())
        .flatExtracting(Result::figures)
        .allSatisfy(figure -> assertThat(figure.value()).isPositive());
    assertThat(report.figures(Decode.NAME)).extracting(Figure::people).containsExactly(1, 4);
    assertThat(Table.of(report))
        .contains("writing, 4 at once", "left out, 8 at once: model.slots is 4");
    JsonNode json = new ObjectMapper().readTree(Json.of(report));
    assertThat(json.at("/results/1/figures/1/value").doubleValue())
        .isEqualTo(report.figures(Decode.NAME).get(1).value());
    Picture.write(report, folder.resolve("bench.png"));
    BufferedImage picture = ImageIO.read(folder.resolve("bench.png").toFile());
    assertThat(picture.getWidth()).isEqualTo(900);
    assertThat(picture.getRGB(0, 0, 900, picture.getHeight(), null, 0, 900))
        .contains(0xFFFFFFFF, 0xFF000000);
  }

  @Test
  void theVerdictCountsOnlyAnswersAtReadingSpeed() {
    assertThat(verdict(40, 24)).get().asString().contains("writes 1 answer at once", "10 people");
    assertThat(verdict(40, 48)).get().asString().contains("at least 8 answers", "80 people");
    assertThat(verdict(3, 3)).get().asString().startsWith("Even one answer");
  }

  private static Optional<String> verdict(double one, double eight) {
    Result decode =
        new Result(
            Decode.NAME,
            List.of(
                new Figure("", 1, one, Unit.TOKENS_PER_SECOND),
                new Figure("", 8, eight, Unit.TOKENS_PER_SECOND)),
            List.of());
    return new Report("model", "CPU", 8, 2_048, 3, List.of(decode)).verdict();
  }
}
