package dev.parley.model.transformer;

import dev.parley.model.file.ModelFormatException;
import dev.parley.model.file.Tensor;
import java.nio.FloatBuffer;
import java.util.Optional;

/**
 * Turns tokens into the network's input. A step needs few rows, which are read from the file: that
 * saves a copy of all in memory.
 */
final class Embedding {
  private final Tensor tokens;
  private final Optional<Tensor> positions;
  private final float scale;
  private final float[] position;

  Embedding(Checkpoint checkpoint) throws ModelFormatException {
    this.tokens = checkpoint.embedding();
    this.positions = checkpoint.positions();
    this.scale = (float) checkpoint.config().embeddingScale();
    this.position = new float[checkpoint.config().width()];
  }

  /** Puts the row of a token at a position, from the target's position on. */
  void read(int token, int at, FloatBuffer target) {
    int from = target.position();
    tokens.readFloats(token, 1, target);
    for (int i = from; scale != 1 && i < target.position(); i++) {
      target.put(i, target.get(i) * scale);
    }
    if (positions.isPresent()) {
      positions.get().readFloats(at, 1, FloatBuffer.wrap(position));
      for (int i = 0; i < position.length; i++) {
        target.put(from + i, target.get(from + i) + position[i]);
      }
    }
  }
}
