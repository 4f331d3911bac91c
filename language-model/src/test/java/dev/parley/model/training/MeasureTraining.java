package dev.parley.model.training;

import dev.parley.model.Goldens;
import dev.parley.model.file.GgufFile;
import dev.parley.model.training.data.EncodedExample;
import dev.parley.model.transformer.AdamW;
import dev.parley.model.transformer.Checkpoint;
import dev.parley.model.transformer.LoraOptions;
import dev.parley.model.transformer.Processor;
import dev.parley.model.transformer.TrainableTransformer;
import dev.parley.model.transformer.Weights;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How fast supervised fine-tuning of the default model is: tokens a second of steps of two rows of
 * 256 random tokens, and their median. Prints figures, asserts none, and runs only where it is
 * named: CONTRIBUTING.md has the command. {@code src/test/python/measure_training.py} is its
 * counterpart in Python, to be run in turns with it.
 */
@Tag("default-model")
class MeasureTraining {
  private static final int STEPS = 5;
  private static final int ROWS = 2;
  private static final int LENGTH = 256;
  private static final int VOCABULARY = 49_152;

  @Test
  void adapters() throws IOException {
    try (TrainableTransformer network =
        TrainableTransformer.lora(
            model(), Processor.CPU, Weights.FP32, LENGTH, LoraOptions.USUAL)) {
      measure("lora", network);
    }
  }

  @Test
  void allWeights() throws IOException {
    try (TrainableTransformer network =
        TrainableTransformer.full(model(), Processor.CPU, Weights.FP32, LENGTH)) {
      measure("full", network);
    }
  }

  private static Checkpoint model() throws IOException {
    return Checkpoint.of(GgufFile.open(Goldens.defaultModel()));
  }

  private static void measure(String how, TrainableTransformer network) {
    TrainingOptions options =
        new TrainingOptions(1, ROWS, ROWS * LENGTH, 1e-4, 0, AdamW.Options.USUAL, 1);
    List<Double> speeds = new ArrayList<>();
    new TrainingRun<>(network, new SupervisedFineTuning(network), rows(), options)
        .run(step -> speeds.add(step.tokens() * 1e9 / step.took().toNanos()));
    speeds.sort(null);
    System.out.printf("java %s: median %.1f of %s%n", how, speeds.get(STEPS / 2), speeds);
  }

  private static List<EncodedExample> rows() {
    Random random = new Random(1);
    List<EncodedExample> rows = new ArrayList<>();
    for (int i = 0; i < STEPS * ROWS; i++) {
      boolean[] trained = new boolean[LENGTH];
      Arrays.fill(trained, true);
      rows.add(new EncodedExample(random.ints(LENGTH, 0, VOCABULARY).toArray(), trained, false));
    }
    return rows;
  }
}
