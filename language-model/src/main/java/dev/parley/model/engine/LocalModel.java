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
import dev.parley.model.transformer.Checkpoint;
import dev.parley.model.transformer.Processor;
import dev.parley.model.transformer.Transformer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
  /** Spellings by which the known families end an answer, beside the file's own end token. */
  private static final List<String> END_TOKENS =
      List.of(
          "<|im_end|>",
          "<|eot_id|>",
          "<|end_of_text|>",
          "<|endoftext|>",
          "<|end|>",
          "<end_of_turn>",
          "</s>");

  /** Tokens of a prompt's end that hold a tag spelled out, and line ends after it. */
  private static final int ENOUGH_FOR_A_TAG = 16;

  private static final Pattern HALF_PAIR = Pattern.compile("\\p{Cs}");

  private final ModelFiles files;
  private final Tokenizer tokenizer;
  private final ChatTemplate template;
  private final Transformer transformer;
  private final Engine engine;
  private final Speed speed = new Speed();
  private final ModelInfo info;
  private volatile boolean closed;

  private LocalModel(
      ModelFiles files,
      Tokenizer tokenizer,
      ChatTemplate template,
      Transformer transformer,
      Set<Integer> ends,
      PrefixCache prefixes,
      ModelInfo info,
      ExecutorService thread) {
    this.files = files;
    this.tokenizer = tokenizer;
    this.template = template;
    this.transformer = transformer;
    this.info = info;
    this.engine = new Engine(transformer, ends::contains, prefixes, speed, thread);
  }

  /**
   * Loads a GGUF file, or a folder as transformers writes it.
   *
   * @throws ModelFormatException where a file is malformed or of a family this version does not run
   */
  public static LocalModel load(Path path, LocalModelOptions options) throws IOException {
    System.setProperty(
        "ai.djl.offline", "true"); // the natives come with the jars; nothing phones home
    ExecutorService thread =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().name("engine").daemon().factory());
    // libtorch starts while the header is read, and the weights are read beside the vocabulary
    Future<Processor> processor =
        thread.submit(() -> options.processor().orElseGet(Processor::best));
    try {
      return load(path, ModelFiles.open(path), processor, thread, options);
    } catch (IOException | RuntimeException | Error e) {
      thread.shutdownNow();
      throw e;
    }
  }

  private static LocalModel load(
      Path path,
      ModelFiles files,
      Future<Processor> processor,
      ExecutorService thread,
      LocalModelOptions options)
      throws IOException {
    try {
      Checkpoint checkpoint = files.checkpoint();
      Future<Transformer> loading =
          thread.submit(() -> load(checkpoint, result(processor), options));
      try {
        Tokenizer tokenizer = files.tokenizer();
        checkFits(tokenizer, checkpoint, path);
        ChatTemplate template = files.template(tokenizer, options.templateOptions());
        Set<Integer> ends = endTokens(files, tokenizer);
        Transformer transformer = result(loading);
        PrefixCache prefixes =
            new PrefixCache(transformer, options.prefixes(), Fingerprint.of(path, transformer));
        ModelInfo info = info(path, files, transformer, options);
        return new LocalModel(
            files, tokenizer, template, transformer, ends, prefixes, info, thread);
      } catch (IOException | RuntimeException | Error e) {
        end(loading, thread);
        throw e;
      }
    } catch (IOException | RuntimeException | Error e) {
      files.close();
      throw e;
    }
  }

  /** On the engine's thread, so that libtorch has one team of helping threads only. */
  private static Transformer load(
      Checkpoint checkpoint, Processor processor, LocalModelOptions options) throws IOException {
    return Transformer.load(
        checkpoint,
        processor,
        options.weights().orElseGet(processor::usualWeights),
        options.slots(),
        options.slotLength());
  }

  private static void checkFits(Tokenizer tokenizer, Checkpoint checkpoint, Path path)
      throws ModelFormatException {
    if (tokenizer.vocabularySize() > checkpoint.vocabulary()) {
      throw new ModelFormatException(
          path,
          "vocabulary",
          "expected at most %d tokens as the weights have, found %d"
              .formatted(checkpoint.vocabulary(), tokenizer.vocabularySize()));
    }
  }

  /** The file must stay open until the thread that reads it has ended, interrupted or not. */
  private static void end(Future<Transformer> loading, ExecutorService thread) {
    thread.shutdownNow();
    thread.close();
    if (loading.state() == Future.State.SUCCESS) {
      loading.resultNow().close();
    }
  }

  private static <T> T result(Future<T> loading) throws IOException {
    try {
      return loading.get();
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case IOException e -> throw e;
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case null, default -> throw new IOException("the model could not be loaded", failed);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the model was loaded");
    }
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  @Override
  public Capacity capacity() {
    return new Capacity(
        transformer.slots(), speed.prefillTokensPerSecond(), speed.decodeTokensPerSecond());
  }

  /** Bytes of the KV cache where every slot is full; what was never used takes no memory. */
  public long cacheBytes() {
    return transformer.cacheBytes();
  }

  /** Bytes of the KV cache that each token of a prompt or an answer takes. */
  public long cacheBytesPerToken() {
    return transformer.cacheBytesPerToken();
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
  public void close() {
    if (!closed) {
      closed = true;
      engine.close();
      transformer.close();
      tokenizer.close();
      files.close();
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
    if (prompt.length == 0 || prompt.length >= transformer.slotLength()) {
      throw new IllegalArgumentException(
          "a prompt must have 1 to "
              + (transformer.slotLength() - 1)
              + " tokens, not "
              + prompt.length);
    }
    if (Arrays.stream(prompt).anyMatch(id -> id >= transformer.vocabulary())) {
      throw new IllegalArgumentException(
          "the model's chat template has a control token that its weights do not know");
    }
    long seed = RandomGenerator.getDefault().nextLong();
    Sequence sequence =
        new Sequence(prompt, options, listener, tokenizer.decoder(), beginning, seed);
    engine.submit(sequence);
    return sequence;
  }

  private static Set<Integer> endTokens(ModelFiles files, Tokenizer tokenizer) throws IOException {
    Set<Integer> ends = new HashSet<>(files.endTokens());
    for (String spelling : END_TOKENS) {
      tokenizer.controlToken(spelling).ifPresent(ends::add);
    }
    return ends;
  }

  private static ModelInfo info(
      Path path, ModelFiles files, Transformer transformer, LocalModelOptions options)
      throws ModelFormatException {
    String fileName = path.getFileName().toString();
    Optional<String> name = files.name();
    Optional<String> licence = files.licence();
    return new ModelInfo(
        options.name().or(() -> name).orElse(fileName),
        fileName + " " + transformer.weights().name().toLowerCase(Locale.ROOT),
        transformer.slotLength(),
        options.licence().or(() -> licence).orElse("unknown"),
        options.languages().isEmpty() ? files.languages() : options.languages());
  }
}
