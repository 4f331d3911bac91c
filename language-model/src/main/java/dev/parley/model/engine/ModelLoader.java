package dev.parley.model.engine;

import dev.parley.model.ModelInfo;
import dev.parley.model.file.ModelFormatException;
import dev.parley.model.template.ChatTemplate;
import dev.parley.model.tokenizer.Tokenizer;
import dev.parley.model.transformer.Checkpoint;
import dev.parley.model.transformer.MemoryPlan;
import dev.parley.model.transformer.Processor;
import dev.parley.model.transformer.Transformer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts a model together of what its files hold; what was begun is ended where that fails. */
final class ModelLoader {
  private static final Logger log = LoggerFactory.getLogger(ModelLoader.class);

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

  private ModelLoader() {}

  static LocalModel load(Path path, LocalModelOptions options) throws IOException {
    return load(path, options, UnaryOperator.identity());
  }

  /**
   * Loads a model.
   *
   * @param change what is to be otherwise than planned
   */
  static LocalModel load(Path path, LocalModelOptions options, UnaryOperator<MemoryPlan> change)
      throws IOException {
    System.setProperty(
        "ai.djl.offline", "true"); // the natives come with the jars; nothing phones home
    ExecutorService thread =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().name("engine").daemon().factory());
    // libtorch starts while the header is read, and the weights are read beside the vocabulary
    Future<Processor> processor =
        thread.submit(() -> options.processor().orElseGet(Processor::best));
    try {
      return load(path, ModelFiles.open(path), processor, thread, options, change);
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
      LocalModelOptions options,
      UnaryOperator<MemoryPlan> change)
      throws IOException {
    try {
      Checkpoint checkpoint = files.checkpoint();
      Future<Transformer> loading =
          thread.submit(() -> load(checkpoint, result(processor), options, change));
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
      Checkpoint checkpoint,
      Processor processor,
      LocalModelOptions options,
      UnaryOperator<MemoryPlan> change)
      throws IOException {
    MemoryPlan plan =
        MemoryPlan.of(
            checkpoint, processor, options.weights(), options.slots(), options.slotLength());
    if (!plan.note().isEmpty()) {
      log.warn("{}", plan.note());
    }
    return Transformer.load(checkpoint, change.apply(plan));
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
