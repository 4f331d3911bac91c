package dev.parley.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.model.ModelException;
import dev.parley.model.training.TrainingOptions;
import dev.parley.model.transformer.AdamW;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration on a made-up corpus with a tiny network. */
class PolarityDemoTest {
  private static final List<String> GOOD = List.of("lovely", "bright", "warm", "clever");
  private static final List<String> BAD = List.of("dull", "grim", "cold", "silly");
  private static final AdamW.Options OPTIMIZER = AdamW.Options.USUAL.withDecay(0);

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @TempDir private Path folder;

  @Test
  void aNetworkOfItsOwnLearnsToWriteWhatTheRewardModelLikes() throws IOException {
    Path data =
        zip(
            "corpus/rt-polarity.pos", sentences(GOOD, 150, 1),
            "corpus/rt-polarity.neg", sentences(BAD, 150, 2));

    PolarityDemo.Outcome outcome = demo(data).run(folder.resolve("out"));

    assertThat(outcome.before().positive()).isLessThan(0.6);
    assertThat(outcome.after().positive()).isGreaterThan(outcome.before().positive() + 0.2);
    assertThat(outcome.after().reward()).isGreaterThan(outcome.before().reward());
    assertThat(outcome.after().divergence()).isBetween(0.2, 20.0);
    assertThat(ImageIO.read(folder.resolve("out").resolve("polarity.png").toFile())).isNotNull();
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("found positive by the judge", "distinct-2", "before", "after");
  }

  @Test
  void anotherZipFileIsNamed() throws IOException {
    Path data = zip("corpus/rt-polarity.pos", sentences(GOOD, 30, 1), "readme.txt", List.of("x"));

    assertThatThrownBy(() -> demo(data))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll("corpus.zip has no rt-polarity.neg", "--data");
  }

  @Test
  void whatIsNoZipFileIsNamed() throws IOException {
    Path data = Files.writeString(folder.resolve("corpus.zip"), "text");

    assertThatThrownBy(() -> demo(data))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("corpus.zip is no zip file");
  }

  @Test
  void tooFewSentencesAreCounted() throws IOException {
    Path data =
        zip(
            "rt-polarity.pos", sentences(GOOD, 30, 1),
            "rt-polarity.neg", sentences(BAD, 3, 2));

    assertThatThrownBy(() -> demo(data))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("rt-polarity.neg of " + data + " has 3 sentences");
  }

  private PolarityDemo demo(Path data) throws IOException {
    PrintStream print = new PrintStream(said, true, StandardCharsets.UTF_8);
    PolarityRecipe recipe =
        new PolarityRecipe(
            2,
            1,
            32,
            new TrainingOptions(4, 16, 4_096, 1e-2, 0.05, OPTIMIZER, 1),
            0.2,
            PolarityRecipe.ppo(8, 32, 5e-3, 1),
            60);
    return new PolarityDemo(data, recipe, 1, print, print);
  }

  /** Such as {@code the film is warm and clever .}. */
  private static List<String> sentences(List<String> words, int count, long seed) {
    Random random = new Random(seed);
    List<String> things = List.of("film", "story", "song", "scene");
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                "the %s is %s and %s ."
                    .formatted(
                        things.get(random.nextInt(things.size())),
                        words.get(random.nextInt(words.size())),
                        words.get(random.nextInt(words.size()))))
        .collect(Collectors.toList());
  }

  private Path zip(String one, List<String> lines, String other, List<String> otherLines)
      throws IOException {
    Path file = folder.resolve("corpus.zip");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      put(zip, one, lines);
      put(zip, other, otherLines);
    }
    return file;
  }

  private static void put(ZipOutputStream zip, String name, List<String> lines) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1));
    zip.closeEntry();
  }
}
