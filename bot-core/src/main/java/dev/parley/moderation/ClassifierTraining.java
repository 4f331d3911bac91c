package dev.parley.moderation;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import dev.parley.model.text.SparseVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Makes a {@link Classifier} of labelled texts. */
public final class ClassifierTraining {
  /** How much a mistake costs beside large weights. */
  private static final double COST = 3;

  /** Where the solver stops: its usual value. */
  private static final double PRECISION = 0.1;

  private static final long SEED = 1;

  /**
   * How far rare categories count as much as frequent ones, as an exponent. Texts known to harass
   * come from few sources, so that what is usual there is easily taken for harassment.
   */
  private static double balance(Category category) {
    return category == Category.HARASSMENT ? 0.25 : 1;
  }

  /**
   * From which share on a text is taken to be of a category, so that of ordinary messages hardly
   * one in a hundred is taken for any.
   */
  private static double least(Category category) {
    return switch (category) {
      case VIOLENCE -> 0.55;
      case HATE -> 0.45;
      case HARASSMENT -> 0.46;
      case SEXUAL -> 0.2;
      case SELF_HARM -> 0.37;
    };
  }

  /**
   * The same for Chinese texts. Those that name groups of people are from COLDataset, where half of
   * them are hate.
   */
  private static double leastInChinese(Category category) {
    return category == Category.HATE ? 0.65 : least(category);
  }

  private ClassifierTraining() {}

  /**
   * The same for the same texts in the same order. What is harmless is so in each sentence, which
   * is learned too, as sentences are judged.
   */
  public static Classifier train(List<LabelledText> whole) {
    List<LabelledText> texts = new ArrayList<>(whole);
    whole.forEach(text -> texts.addAll(harmlessSentences(text)));
    Features features = new Features(WordLists.builtIn());
    List<Feature[]> rows =
        texts.parallelStream().map(text -> row(features.of(text.text()), features.size())).toList();
    Linear.disableDebugOutput();
    return new Classifier(
        features,
        Category.ALL.parallelStream()
            .map(category -> train(category, texts, rows, features))
            .toList());
  }

  private static List<LabelledText> harmlessSentences(LabelledText text) {
    List<String> sentences = text.are().isEmpty() ? Sentences.of(text.text()) : List.of();
    return sentences.size() < 2
        ? List.of()
        : sentences.stream()
            .map(String::strip)
            .filter(sentence -> sentence.length() > 1)
            .map(sentence -> new LabelledText(sentence, Set.of(), text.unknown()))
            .toList();
  }

  private static Classifier.Output train(
      Category category, List<LabelledText> texts, List<Feature[]> all, Features features) {
    int size = features.size();
    List<Feature[]> rows = new ArrayList<>();
    List<Double> labels = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      if (!texts.get(i).unknown().contains(category)) {
        rows.add(all.get(i));
        labels.add(texts.get(i).are().contains(category) ? 1.0 : 0.0);
      }
    }
    Problem problem = new Problem();
    problem.l = rows.size();
    problem.n = size + 1;
    problem.bias = 1;
    problem.x = rows.toArray(Feature[][]::new);
    problem.y = labels.stream().mapToDouble(Double::doubleValue).toArray();
    double positive = labels.stream().mapToDouble(Double::doubleValue).sum();
    if (positive == 0 || positive == labels.size()) {
      return new Classifier.Output(new float[size], positive == 0 ? -30 : 30);
    }
    Parameter parameter = new Parameter(SolverType.L2R_LR_DUAL, COST, PRECISION);
    parameter.setRandom(new Random(SEED));
    double half = labels.size() / 2.0;
    parameter.setWeights(
        new double[] {
          Math.pow(half / (labels.size() - positive), balance(category)),
          Math.pow(half / positive, balance(category))
        },
        new int[] {0, 1});
    Model model = Linear.train(problem, parameter);
    double sign = model.getLabels()[0] == 1 ? 1 : -1;
    double[] found = model.getFeatureWeights();
    float[] weights = new float[size];
    for (int i = 0; i < size; i++) {
      weights[i] = (float) (sign * found[i]);
    }
    weights[features.han()] += (float) (logit(least(category)) - logit(leastInChinese(category)));
    double scale = logit(Classifier.LIKELY) - logit(least(category));
    return new Classifier.Output(weights, (float) (sign * found[size] + scale));
  }

  private static double logit(double share) {
    return Math.log(share / (1 - share));
  }

  private static Feature[] row(SparseVector vector, int size) {
    Feature[] row = new Feature[vector.size() + 1];
    for (int i = 0; i < vector.size(); i++) {
      row[i] = new FeatureNode(vector.place(i) + 1, vector.value(i));
    }
    row[vector.size()] = new FeatureNode(size + 1, 1); // the bias
    return row;
  }
}
