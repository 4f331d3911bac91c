package dev.parley.model.ranking;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Says which reply fits a dialogue best, for instance of several that a model wrote. Made by {@link
 * RankerTraining}; needs no language model and no native library. Immutable.
 */
public final class Ranker {
  private final Texts texts;
  private final Embedding embedding;
  private final Head head;

  Ranker(Texts texts, Embedding embedding, Head head) {
    this.texts = texts;
    this.embedding = embedding;
    this.head = head;
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws dev.parley.model.file.ModelFormatException where the file is anything else
   */
  public static Ranker load(Path file) throws IOException {
    return RankerFile.load(file);
  }

  /** Writes it to one safetensors file, which is what it was before until all of it is written. */
  public void save(Path file) throws IOException {
    RankerFile.save(this, file);
  }

  /**
   * How well each reply fits, the more the better; scores of different dialogues are not
   * comparable.
   *
   * @param turns of two people in alternation; the reply is the next. None is allowed
   * @param replies in any number, of any length
   */
  public float[] score(List<String> turns, List<String> replies) {
    List<Turn> context = turns.stream().map(texts::read).toList();
    List<Turn> candidates = replies.stream().map(texts::read).toList();
    List<float[]> vectors = context.stream().map(embedding::of).toList();
    List<float[]> views = new ArrayList<>();
    for (View view : View.values()) {
      views.add(Embedding.mean(vectors, view.weights(context), embedding.width()));
    }
    return head.score(
        context.size(),
        views,
        candidates.stream().map(embedding::of).toList(),
        texts.overlaps(context, candidates));
  }

  /**
   * Index of the reply that fits best, the first of equals.
   *
   * @param replies at least one
   */
  public int best(List<String> turns, List<String> replies) {
    if (replies.isEmpty()) {
      throw new IllegalArgumentException("there is no reply to choose from");
    }
    return Vectors.greatest(score(turns, replies));
  }

  Texts texts() {
    return texts;
  }

  Embedding embedding() {
    return embedding;
  }

  Head head() {
    return head;
  }
}
