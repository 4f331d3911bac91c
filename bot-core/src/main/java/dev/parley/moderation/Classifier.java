package dev.parley.moderation;

import dev.parley.model.text.SparseVector;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * A logistic regression for each {@link Category}. A file of it has a byte for each weight.
 * Immutable.
 */
public final class Classifier {
  /** Above this a text is taken to be of a category. */
  public static final double LIKELY = 0.5;

  private static final int FORMAT = 0x504D3032; // PM02
  private static final int MOST = Byte.MAX_VALUE;

  private final Features features;
  private final List<Output> outputs;

  /**
   * What one category is told by.
   *
   * @param weights one for each feature
   * @param bias added to their sum
   */
  @SuppressWarnings("ArrayRecordComponent") // compared nowhere
  record Output(float[] weights, float bias) {}

  /** Takes an output for each category, in their order. */
  Classifier(Features features, List<Output> outputs) {
    this.features = features;
    this.outputs = List.copyOf(outputs);
  }

  /**
   * How likely a text is to be of each category, from 0 to 1, on a scale of each category's own:
   * its training says what is {@link #LIKELY}.
   */
  public Map<Category, Double> judge(String text) {
    SparseVector vector = features.of(text);
    Map<Category, Double> likely = new EnumMap<>(Category.class);
    for (int i = 0; i < outputs.size(); i++) {
      Output output = outputs.get(i);
      likely.put(
          Category.ALL.get(i), 1 / (1 + Math.exp(-vector.dot(output.weights) - output.bias)));
    }
    return likely;
  }

  /** Writes it, so that {@link #read} finds it again but for what a byte cannot tell. */
  public void write(OutputStream out) throws IOException {
    try (DataOutputStream data = new DataOutputStream(new DeflaterOutputStream(out))) {
      data.writeInt(FORMAT);
      data.writeInt(outputs.size());
      data.writeInt(features.size());
      for (Output output : outputs) {
        float largest = 0;
        for (float weight : output.weights) {
          largest = Math.max(largest, Math.abs(weight));
        }
        float step = Math.max(largest, Float.MIN_NORMAL) / MOST;
        data.writeFloat(output.bias);
        data.writeFloat(step);
        for (float weight : output.weights) {
          data.writeByte(Math.round(weight / step));
        }
      }
    }
  }

  /**
   * Reads one.
   *
   * @throws IOException where it is not whole, or of another version
   */
  public static Classifier read(InputStream in) throws IOException {
    Features features = new Features(WordLists.builtIn());
    try (DataInputStream data = new DataInputStream(new InflaterInputStream(in))) {
      if (data.readInt() != FORMAT
          || data.readInt() != Category.ALL.size()
          || data.readInt() != features.size()) {
        throw new IOException("This is no classifier of this version of Parley.");
      }
      List<Output> outputs = new ArrayList<>();
      for (Category _ : Category.ALL) {
        float bias = data.readFloat();
        float step = data.readFloat();
        byte[] bytes = data.readNBytes(features.size());
        if (bytes.length < features.size()) {
          throw new IOException("The classifier's file ends too early.");
        }
        float[] weights = new float[bytes.length];
        for (int i = 0; i < weights.length; i++) {
          weights[i] = step * bytes[i];
        }
        outputs.add(new Output(weights, bias));
      }
      return new Classifier(features, outputs);
    }
  }
}
