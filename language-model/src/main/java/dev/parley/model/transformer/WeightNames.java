package dev.parley.model.transformer;

import dev.parley.model.transformer.TensorNames.LayerPart;
import java.util.List;
import java.util.Locale;

/** What the weights of a network are called while they are trained, whatever file they are of. */
final class WeightNames {
  static final String EMBEDDING = "embedding";
  static final String POSITIONS = "positions";
  static final String FINAL_NORM = "final_norm";
  static final String HEAD = "head";

  /** Tables of sines and cosines, which are no weights. */
  static final String ROTARY = "rotary.";

  private WeightNames() {}

  /** A part of a layer. */
  static String of(int layer, LayerPart part) {
    return "layers." + layer + "." + part.name().toLowerCase(Locale.ROOT);
  }

  /** Several parts in one matrix, called by the first. */
  static String of(int layer, List<LayerPart> parts) {
    return of(layer, parts.getFirst());
  }

  static String biasOf(String name) {
    return name + ".bias";
  }
}
