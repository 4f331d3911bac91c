package dev.parley.model.engine;

import dev.parley.model.Capacity;
import dev.parley.model.ChatMessage;
import dev.parley.model.Generation;
import dev.parley.model.GenerationOptions;
import dev.parley.model.LanguageModel;
import dev.parley.model.ModelException;
import dev.parley.model.ModelInfo;
import dev.parley.model.Role;
import dev.parley.model.SamplingOptions;
import dev.parley.model.TextListener;
import dev.parley.model.Thoughts;
import dev.parley.model.file.ModelFormatException;
import dev.parley.model.template.ChatTemplate;
import dev.parley.model.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A model in this process. Thread-safe.
 *
 * {@snippet :
 * try (LocalModel model = LocalModel.load(Path.of("model.gguf"), LocalModelOptions.DEFAULT)) {
 *   model
 *       .generate(
 *           List.of(ChatMessage.user("What is the capital of France?")),
 *           GenerationOptions.of(100, SamplingOptions.GREEDY),
 *           System.out::print)
 *       .result()
 *       .join();
 *   System.out.println(model.generate("Once upon a time", 50, 0.8));
 * }
 * }
 *
 * <p>Set {@code GOMP_SPINCOUNT=2000} in the environment: with its default, OpenMP's waiting threads
 * take the processor from everything else. {@code OPT_OUT_TRACKING=true} keeps DJL from reporting
 * its use.
 */
public final class LocalModel implements LanguageModel {
  /** Tokens of a prompt's end that hold a tag spelled out, and line ends after it. */
  private static final int ENOUGH_FOR_A_TAG = 16;

  private static final Pattern HALF_PAIR = Pattern.compile("\\p{Cs}");

  private final ModelFiles files;
  private final Tokenizer tokenizer;
  private final ChatTemplate template;
  private final Engines engines;
  private final ModelInfo info;
  private final MemoryNeed memoryNeed;
  private volatile boolean closed;

  /** Owns all of them from now on. */
  LocalModel(
      ModelFiles files,
      Tokenizer tokenizer,
      ChatTemplate template,
      Engines engines,
      ModelInfo info,
      MemoryNeed memoryNeed) {
    this.files = files;
    this.tokenizer = tokenizer;
    this.template = template;
    this.engines = engines;
    this.info = info;
    this.memoryNeed = memoryNeed;
  }

  /**
   * Loads a GGUF file, or a folder as transformers writes it.
   *
   * @throws ModelFormatException where a file is malformed or of a family this version does not run
   */
  public static LocalModel load(Path path, LocalModelOptions options) throws IOException {
    return ModelLoader.load(path, options);
  }

  /**
   * Deletes what models kept in a folder of conversations that lost their slot, where none is open
   * that would ({@link #forget}).
   *
   * @throws ModelException where a file cannot be deleted
   */
  public static void deleteKept(Path folder) {
    PrefixCache.deleteAll(folder);
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  @Override
  public Capacity capacity() {
    return engines.capacity();
  }

  Engines engines() {
    return engines;
  }

  /** What was to be expected before it was loaded. */
  public MemoryNeed memoryNeed() {
    return memoryNeed;
  }

  @Override
  public int countTokens(List<ChatMessage> messages) {
    checkOpen();
    return template.encode(messages, tokenizer).length;
  }

  @Override
  public Generation generate(
      List<ChatMessage> messages, GenerationOptions options, TextListener listener) {
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("a generation needs a message");
    }
    checkOpen();
    int[] prompt = template.encode(messages, tokenizer);
    return start(prompt, beginning(messages, prompt), options, listener);
  }

  /**
   * Tokens of a prompt of plain text.
   *
   * @param prompt any length, possibly empty
   */
  public int countTokens(String prompt) {
    checkOpen();
    return encode(prompt).length;
  }

  /**
   * Starts to continue plain text, without a chat around it: after the model's start token, where
   * it wants one. A spelling of a control token in the prompt stays text.
   *
   * @param prompt not empty
   * @throws IllegalArgumentException if the prompt is empty or leaves no room in the context
   * @throws ModelException if the model is closed
   */
  public Generation complete(String prompt, GenerationOptions options, TextListener listener) {
    checkOpen();
    return start(encode(prompt), Thoughts.At.ANSWER, options, listener);
  }

  /**
   * Continues plain text and waits for the end.
   *
   * @param prompt not empty
   * @param maxTokens most new tokens
   * @param temperature as {@link SamplingOptions#temperature()}
   * @return the new text alone
   */
  public String generate(String prompt, int maxTokens, double temperature) {
    GenerationOptions options =
        GenerationOptions.of(maxTokens, SamplingOptions.GREEDY.withTemperature(temperature));
    try {
      return complete(prompt, options, TextListener.NONE).result().join().text();
    } catch (CompletionException e) {
      throw e.getCause() instanceof ModelException known
          ? known
          : new ModelException("The model failed.", e);
    }
  }

  /** Half a surrogate pair would end the process in the tokenizers library. */
  private int[] encode(String prompt) {
    int[] text = tokenizer.encode(HALF_PAIR.matcher(prompt).replaceAll("\uFFFD"));
    OptionalInt start = tokenizer.startToken();
    return start.isPresent()
        ? IntStream.concat(IntStream.of(start.getAsInt()), Arrays.stream(text)).toArray()
        : text;
  }

  @Override
  public void forget() {
    checkOpen();
    engines.forget();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      engines.close();
      tokenizer.close();
      if (engines.haveEnded()) { // else a step would read what is not there any more
        files.close();
      }
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new ModelException("The model is closed.");
    }
  }

  /** Some templates open the thought themselves; an answer that goes on begins none. */
  private Thoughts.At beginning(List<ChatMessage> messages, int[] prompt) {
    if (messages.getLast().role() == Role.ASSISTANT) {
      return Thoughts.At.ANSWER;
    }
    int[] end =
        Arrays.copyOfRange(prompt, Math.max(0, prompt.length - ENOUGH_FOR_A_TAG), prompt.length);
    return Thoughts.opensAtEnd(tokenizer.decode(end)) ? Thoughts.At.OPENED : Thoughts.At.BEGINNING;
  }

  private Sequence start(
      int[] prompt, Thoughts.At beginning, GenerationOptions options, TextListener listener) {
    if (prompt.length == 0 || prompt.length >= engines.slotLength()) {
      throw new IllegalArgumentException(
          "a prompt must have 1 to "
              + (engines.slotLength() - 1)
              + " tokens, not "
              + prompt.length);
    }
    if (Arrays.stream(prompt).anyMatch(id -> id >= engines.vocabulary())) {
      throw new IllegalArgumentException(
          "the model's chat template has a control token that its weights do not know");
    }
    long seed = RandomGenerator.getDefault().nextLong();
    Sequence sequence =
        new Sequence(prompt, options, listener, tokenizer.decoder(), beginning, seed);
    engines.submit(sequence);
    return sequence;
  }
}
