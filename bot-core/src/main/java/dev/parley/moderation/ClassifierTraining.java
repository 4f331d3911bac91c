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

/** Makes a {@link Classifier} of labelled texts. */
public final class ClassifierTraining {
  /** How much a mistake costs beside large weights. */
  private static final double COST = 3;

  private static final double PRECISION = 0.01;

  /**
   * How far rare categories count as much as frequent ones, as an exponent. Texts known to harass
   * come from few sources, so that what is usual there is easily taken for harassment.
   */
  private static double balance(Category category) {
    return category == Category.HARASSMENT ? 0.25 : 1;
  }

  private ClassifierTraining() {}

  /** The same for the same texts in the same order. */
  public static Classifier train(List<LabelledText> texts) {
    Features features = new Features(WordLists.builtIn());
    List<SparseVector> vectors =
        texts.parallelStream().map(text -> features.of(text.text())).toList();
    List<Classifier.Output> outputs = new ArrayList<>();
    for (Category category : Category.ALL) {
      outputs.add(train(category, texts, vectors, features.size()));
    }
    return new Classifier(features, outputs);
  }

  private static Classifier.Output train(
      Category category, List<LabelledText> texts, List<SparseVector> vectors, int size) {
    List<Feature[]> rows = new ArrayList<>();
    List<Double> labels = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      if (!texts.get(i).unknown().contains(category)) {
        rows.add(row(vectors.get(i), size));
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
    Parameter parameter = new Parameter(SolverType.L2R_LR, COST, PRECISION);
    double half = labels.size() / 2.0;
    parameter.setWeights(
        new double[] {
          Math.pow(half / (labels.size() - positive), balance(category)),
          Math.pow(half / positive, balance(category))
        },
        new int[] {0, 1});
    Linear.disableDebugOutput();
    Model model = Linear.train(problem, parameter);
    double sign = model.getLabels()[0] == 1 ? 1 : -1;
    double[] all = model.getFeatureWeights();
    float[] weights = new float[size];
    for (int i = 0; i < size; i++) {
      weights[i] = (float) (sign * all[i]);
    }
    return new Classifier.Output(weights, (float) (sign * all[size]));
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
