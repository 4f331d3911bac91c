package dev.parley.model.engine;

import dev.parley.model.Goldens;
import dev.parley.model.SamplingOptions;
import dev.parley.model.file.GgufFile;
import dev.parley.model.sampling.Sampler;
import dev.parley.model.tokenizer.TextDecoder;
import dev.parley.model.tokenizer.Tokenizer;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What Java does for each token of an answer, beside the network. */
public class StepBenchmark {
  /** Ways to draw a token, most of them with more to do than the one before. */
  public enum Drawing {
    GREEDY,
    TEMPERATURE,
    TOP_K,
    TOP_P,
    TOP_P_AND_PENALTIES;

    private SamplingOptions options() {
      return switch (this) {
        case GREEDY -> SamplingOptions.GREEDY;
        case TEMPERATURE -> options(0, 1, 1, 0);
        case TOP_K -> options(40, 1, 1, 0);
        case TOP_P -> options(0, 0.9, 1, 0);
        case TOP_P_AND_PENALTIES -> options(0, 0.9, 1.1, 0.3);
      };
    }

    private static SamplingOptions options(
        int topK, double topP, double repetitionPenalty, double frequencyPenalty) {
      return new SamplingOptions(
          0.7, topK, topP, 0, repetitionPenalty, frequencyPenalty, OptionalLong.empty());
    }
  }

  /** After a prompt of a thousand tokens and an answer of three hundred. */
  @State(Scope.Thread)
  public static class Logits {
    /** The default model's. */
    private static final int VOCABULARY = 49_152;

    @Param private Drawing drawing = Drawing.GREEDY;

    private final float[] values = new float[VOCABULARY];
    private Sampler sampler = new Sampler(drawing.options(), 1);

    @Setup
    public void draw() {
      Random random = new Random(1);
      for (int i = 0; i < VOCABULARY; i++) {
        values[i] = (float) (3 * random.nextGaussian());
      }
      sampler = new Sampler(drawing.options(), 1);
      random.ints(1_000, 0, VOCABULARY).forEach(sampler::saw);
      random.ints(300, 0, VOCABULARY).forEach(sampler::drew);
    }
  }

  /** A tiny model's vocabulary: the library below is asked as often with a large one. */
  @State(Scope.Thread)
  public static class Vocabulary {
    private static final int SIZE = 512;

    private final Tokenizer tokenizer = open();
    private final TextDecoder decoder = tokenizer.decoder();
    private int token;

    private static Tokenizer open() {
      try (GgufFile file = GgufFile.open(Goldens.path("tiny/llama-tied.F32.gguf"))) {
        return Tokenizer.fromGguf(file);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    private int next() {
      token = (token + 1) % SIZE;
      return token;
    }

    @TearDown
    public void close() {
      tokenizer.close();
    }
  }

  /** As a chat sends them, where text now and then begins like one. */
  @State(Scope.Thread)
  public static class Stops {
    private final StopTexts stops =
        new StopTexts(List.of("\nUser:", "\nAssistant:", "<|im_end|>", "###"));
    private final String[] pieces = {" the", " Moon", "\n", "User", " pulls", " at", " <", " sea."};
    private int piece;

    private String next() {
      piece = (piece + 1) % pieces.length;
      return pieces[piece];
    }
  }

  @Benchmark
  public int drawing(Logits logits) {
    return logits.sampler.next(logits.values, 0, Logits.VOCABULARY);
  }

  @Benchmark
  public String decoding(Vocabulary vocabulary) {
    return vocabulary.decoder.add(vocabulary.next());
  }

  @Benchmark
  public String stopping(Stops stops) {
    return stops.stops.add(stops.next());
  }
}
