package dev.parley.launcher;

import dev.parley.moderation.Classifier;
import dev.parley.moderation.ClassifierTraining;
import dev.parley.moderation.LabelledText;
import dev.parley.moderation.ModerationData;
import dev.parley.moderation.ModerationExam;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code parley train moderation}. */
@Command(
    name = "moderation",
    description =
        "The classifier of harmful texts: learns from labelled texts, and says how well it tells"
            + " those that it did not learn from.",
    mixinStandardHelpOptions = true)
final class ClassifierCommand implements Callable<Integer> {
  private static final double MILLION = 1e6;
  private static final double PERCENT = 100;

  /** What is written for what large collections lack counts as often. */
  private static final int LABELLED_COUNT = 4;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Option(names = "--cold", required = true, description = "Texts of COLDataset to learn from.")
  private Path cold;

  @Option(names = "--cold-held-out", description = "Texts of COLDataset to be examined by.")
  private @Nullable Path coldHeldOut;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Option(names = "--openai", required = true, description = "OpenAI's moderation samples.")
  private Path openAi;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Option(names = "--toxicity", required = true, description = "Surge AI's toxicity data set.")
  private Path toxicity;

  @Option(
      names = "--labelled",
      arity = "1..*",
      description = "Lines of a category's name or -, a tab and a text.")
  private List<Path> labelled = List.of();

  @Option(
      names = "--ordinary",
      arity = "1..*",
      description = "Harmless texts: a line each, or JSON lines with instruction and answers.")
  private List<Path> ordinary = List.of();

  @Option(
      names = "--alarms",
      arity = "1..*",
      description = "Harmless texts to be examined by alone.")
  private List<Path> alarms = List.of();

  @Option(
      names = "--folds",
      description =
          "Parts of the samples, of which each is held out once (${DEFAULT-VALUE}); 0 for no"
              + " such examination.",
      defaultValue = "5")
  private int folds;

  @Option(names = "--seed", description = "Draws the parts (${DEFAULT-VALUE}).", defaultValue = "1")
  private long seed;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Option(names = "--out", required = true, description = "Where the classifier is written.")
  private Path out;

  @Override
  public Integer call() throws IOException {
    PrintStream say = System.out;
    List<LabelledText> samples = ModerationData.openAi(openAi);
    List<LabelledText> others = new ArrayList<>(ModerationData.cold(cold));
    others.addAll(ModerationData.toxicity(toxicity));
    for (Path file : labelled) {
      List<LabelledText> few = ModerationData.labelled(file);
      Collections.nCopies(LABELLED_COUNT, few).forEach(others::addAll);
    }
    for (Path file : ordinary) {
      others.addAll(ModerationData.ordinary(file));
    }
    say.printf("%,d samples, %,d other texts%n", samples.size(), others.size());
    if (folds > 0) {
      examine(samples, others, say);
    }
    List<LabelledText> all = new ArrayList<>(others);
    all.addAll(samples);
    Classifier classifier = ClassifierTraining.train(all);
    examine(classifier, say);
    try (OutputStream file = Files.newOutputStream(out)) {
      classifier.write(file);
    }
    say.printf("written        %s, %,d bytes%n", out, Files.size(out));
    return 0;
  }

  private void examine(List<LabelledText> samples, List<LabelledText> others, PrintStream say) {
    ModerationExam exam =
        ModerationExam.of(
            samples,
            others,
            folds,
            seed,
            done -> System.err.printf("part %d of %d is judged%n", done, folds));
    say.printf(
        "samples        F1 %.3f of those known, %.3f with what is unknown taken for harmless%n",
        exam.f1OfKnown(), exam.f1());
  }

  private void examine(Classifier classifier, PrintStream say) throws IOException {
    if (coldHeldOut != null) {
      List<LabelledText> texts = ModerationData.cold(coldHeldOut);
      long began = System.nanoTime();
      ModerationExam exam = ModerationExam.of(classifier, texts);
      double millis = (System.nanoTime() - began) / MILLION / texts.size();
      say.printf("COLDataset     %.3f right, %.2f ms a text%n", exam.accuracy(), millis);
    }
    for (Path file : alarms) {
      List<LabelledText> texts = ModerationData.ordinary(file);
      say.printf(
          "false alarms   %.2f %% of %,d texts of %s%n",
          PERCENT * ModerationExam.of(classifier, texts).alarms(),
          texts.size(),
          file.getFileName());
    }
  }
}
