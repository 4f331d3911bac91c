package dev.parley.model.ranking;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.parley.model.text.Grams;
import dev.parley.model.training.data.Batches;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Makes a {@link Ranker} of dialogues. It learns to tell the reply that was given from the replies
 * of other dialogues and from rejected ones (in-batch softmax, Henderson et al. 2017). Confined to
 * one thread.
 */
public final class RankerTraining {
  private final RankerOptions options;
  private final Texts texts;
  private final List<String> turnTexts = new ArrayList<>();
  private final List<Turn> turns = new ArrayList<>();
  private final List<Example> examples = new ArrayList<>();

  /**
   * Reads the dialogues.
   *
   * @param dialogues at least one, with parts of words in common
   */
  public RankerTraining(List<Dialogue> dialogues, RankerOptions options) {
    this.options = options;
    dialogues.forEach(dialogue -> turnTexts.addAll(dialogue.turns()));
    this.texts = Texts.of(turnTexts, options.fewestTurns(), options.mostParts());
    if (vocabulary() == 0) {
      throw new IllegalArgumentException(
          "nothing is in %d turns or more of these dialogues".formatted(options.fewestTurns()));
    }
    for (int i = 0; i < dialogues.size(); i++) {
      read(i, dialogues.get(i));
    }
  }

  private void read(int number, Dialogue dialogue) {
    List<Turn> own = dialogue.turns().stream().map(texts::read).toList();
    List<Turn> rejected = dialogue.rejected().stream().map(texts::read).toList();
    turns.addAll(own);
    for (int i = 1; i < own.size(); i++) {
      examples.add(
          new Example(
              number,
              own.subList(0, i),
              dialogue.turns().get(i),
              own.get(i),
              i == own.size() - 1 ? rejected : List.of()));
    }
  }

  /**
   * Bytes that learning takes at most.
   *
   * @param width of the teacher's vectors, or of embeddings without one
   * @param taught whether there is a teacher
   */
  public long memory(int width, boolean taught) {
    long embeddings = 3L * vocabulary() * width;
    long part = Math.min(turns.size(), Distillation.MOST_TURNS);
    long matrices = taught ? 4L * part * part : 2L * options.batchSize() * vocabulary();
    long vectors = taught ? 3L * turns.size() * width : 0;
    return (embeddings + matrices + vectors) * Float.BYTES;
  }

  private int vocabulary() {
    return texts.space(Grams.CHARACTERS).size();
  }

  /**
   * Learns everything from the dialogues, of which it wants many.
   *
   * @return the ranker, also where the listener had enough
   */
  public Ranker train(EpochListener listener) {
    return train(Optional.empty(), listener);
  }

  /**
   * Learns what texts mean from a teacher, and the rest from the dialogues.
   *
   * @return the ranker, also where the listener had enough
   */
  public Ranker train(Teacher teacher, EpochListener listener) {
    List<float[]> vectors = teacher.vectors(turnTexts);
    long widths = vectors.stream().mapToInt(vector -> vector.length).distinct().count();
    if (vectors.size() != turns.size() || widths != 1 || vectors.getFirst().length == 0) {
      throw new IllegalArgumentException(
          "expected %d vectors of the same width, found %d of %d widths"
              .formatted(turns.size(), vectors.size(), widths));
    }
    return train(Optional.of(vectors), listener);
  }

  private Ranker train(Optional<List<float[]>> teacher, EpochListener listener) {
    RandomGenerator random = new SplittableRandom(options.seed());
    try (NDManager memory = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      JniUtils.setGradMode(false); // a thread begins with it
      Inputs inputs =
          teacher.isPresent()
              ? Distillation.learn(
                  memory,
                  turns,
                  teacher.get(),
                  vocabulary(),
                  options.ridge(),
                  Distillation.MOST_TURNS,
                  options.seed())
              : new LearnedInputs(memory, vocabulary(), options.width(), random);
      Batches<Example> batches = new Batches<>(examples, options.batchSize(), options.seed());
      int steps = Math.multiplyExact(options.epochs(), batches.stepsPerEpoch());
      HeadTraining head = new HeadTraining(memory, texts, inputs, options, steps, random);
      boolean more = true;
      for (int epoch = 0; epoch < options.epochs() && more; epoch++) {
        double loss = 0;
        for (List<Example> batch : batches.epoch(epoch)) {
          loss += head.learn(batch) * batch.size() / examples.size();
        }
        more = listener.finished(epoch + 1, options.epochs(), loss);
      }
      return new Ranker(texts, inputs.embedding(), head.head());
    }
  }
}
