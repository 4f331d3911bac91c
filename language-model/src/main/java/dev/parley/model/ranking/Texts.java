package dev.parley.model.ranking;

import dev.parley.model.text.Grams;
import dev.parley.model.text.SparseVector;
import java.util.ArrayList;
import java.util.List;

/** Reads texts, and says what they have in common. Immutable. */
final class Texts {
  /** Numbers that {@link #overlaps} gives for a reply. */
  static final int OVERLAPS = Grams.values().length * View.values().length;

  private final List<TfIdf> spaces;

  /** One space for each of {@link Grams}, in their order. */
  Texts(List<TfIdf> spaces) {
    this.spaces = List.copyOf(spaces);
  }

  /** As {@link TfIdf#of}. */
  static Texts of(List<String> texts, int fewest, int most) {
    List<TfIdf> spaces = new ArrayList<>();
    for (Grams grams : Grams.values()) {
      spaces.add(TfIdf.of(grams, texts, fewest, most));
    }
    return new Texts(spaces);
  }

  TfIdf space(Grams grams) {
    return spaces.stream().filter(space -> space.grams() == grams).findFirst().orElseThrow();
  }

  Turn read(String text) {
    List<SparseVector> counts = spaces.stream().map(space -> space.count(text)).toList();
    List<SparseVector> vectors = new ArrayList<>();
    for (int i = 0; i < counts.size(); i++) {
      vectors.add(spaces.get(i).vector(counts.get(i)));
    }
    float length = (float) Math.log1p(text.codePointCount(0, text.length()));
    return new Turn(counts, vectors, length);
  }

  /** Cosines of a reply with each view of the turns in each space {@code [OVERLAPS][replies]}. */
  float[][] overlaps(List<Turn> turns, List<Turn> replies) {
    float[][] overlaps = new float[OVERLAPS][replies.size()];
    int row = 0;
    for (int space = 0; space < spaces.size(); space++) {
      for (View view : View.values()) {
        int at = space;
        float[] whole =
            spaces
                .get(space)
                .whole(view.of(turns).stream().map(turn -> turn.counts().get(at)).toList());
        for (int i = 0; i < replies.size(); i++) {
          overlaps[row][i] = replies.get(i).vectors().get(space).dot(whole);
        }
        row++;
      }
    }
    return overlaps;
  }
}
