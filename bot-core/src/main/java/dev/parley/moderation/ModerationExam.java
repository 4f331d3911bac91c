package dev.parley.moderation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * How well a {@link Classifier} tells texts that it did not learn from: the texts are cut into
 * parts, and each part is judged by a classifier of the others.
 *
 * @param judged every text, with how likely it seemed to be of the likeliest category
 */
public record ModerationExam(List<Judged> judged) {
  /** A text, and how likely it seemed to be of any category. */
  public record Judged(LabelledText text, double likely) {
    boolean harmful() {
      return !text.are().isEmpty();
    }

    /** Whether somebody looked for all that it is said not to be. */
    boolean known() {
      return harmful() || text.unknown().isEmpty();
    }
  }

  public ModerationExam {
    judged = List.copyOf(judged);
  }

  /**
   * Examines by parts.
   *
   * @param texts to be examined by, and learned from where they are in other parts
   * @param more to be learned from in every part
   * @param folds how many parts
   * @param progress hears how many parts are done
   */
  public static ModerationExam of(
      List<LabelledText> texts,
      List<LabelledText> more,
      int folds,
      long seed,
      Consumer<Integer> progress) {
    List<LabelledText> order = new ArrayList<>(texts);
    Collections.shuffle(order, new Random(seed));
    List<Judged> judged = new ArrayList<>();
    for (int fold = 0; fold < folds; fold++) {
      List<LabelledText> learned = new ArrayList<>(more);
      List<LabelledText> asked = new ArrayList<>();
      for (int i = 0; i < order.size(); i++) {
        (i % folds == fold ? asked : learned).add(order.get(i));
      }
      judged.addAll(of(ClassifierTraining.train(learned), asked).judged);
      progress.accept(fold + 1);
    }
    return new ModerationExam(judged);
  }

  /** Examines a classifier by texts that it did not learn from. */
  public static ModerationExam of(Classifier classifier, List<LabelledText> texts) {
    return new ModerationExam(
        texts.stream()
            .map(text -> new Judged(text, Collections.max(classifier.judge(text.text()).values())))
            .toList());
  }

  /** Share of the texts that are told right. */
  public double accuracy() {
    return share(
        judged.stream().filter(each -> each.harmful() == each.likely > Classifier.LIKELY).count());
  }

  /** Share of the texts that are taken to be harmful. */
  public double alarms() {
    return share(judged.stream().filter(each -> each.likely > Classifier.LIKELY).count());
  }

  /** Harmonic mean of precision and recall, with what is unknown taken for harmless. */
  public double f1() {
    return f1(judged);
  }

  /** As {@link #f1}, without texts of which it is not known whether they are harmless. */
  public double f1OfKnown() {
    return f1(judged.stream().filter(Judged::known).toList());
  }

  private static double f1(List<Judged> of) {
    long found =
        of.stream().filter(each -> each.harmful() && each.likely > Classifier.LIKELY).count();
    long said = of.stream().filter(each -> each.likely > Classifier.LIKELY).count();
    long are = of.stream().filter(Judged::harmful).count();
    return said + are == 0 ? 0 : 2.0 * found / (said + are);
  }

  private double share(long count) {
    return judged.isEmpty() ? 0 : (double) count / judged.size();
  }
}
