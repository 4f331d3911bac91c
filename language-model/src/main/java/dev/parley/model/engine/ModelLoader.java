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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts a model together of what its files hold; what was begun is ended where that fails. */
final class ModelLoader {
  private static final Logger log = LoggerFactory.getLogger(ModelLoader.class);

  private ModelLoader() {}

  static LocalModel load(Path path, LocalModelOptions options) throws IOException {
    return load(path, options, Function.identity());
  }

  /**
   * Loads a model.
   *
   * @param change what is to be otherwise than planned
   */
  static LocalModel load(
      Path path, LocalModelOptions options, Function<List<MemoryPlan>, List<MemoryPlan>> change)
      throws IOException {
    stayOffline();
    ExecutorService thread = newThread("engine");
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
      Function<List<MemoryPlan>, List<MemoryPlan>> change)
      throws IOException {
    try {
      Checkpoint checkpoint = files.checkpoint();
      Future<List<Loaded>> loading =
          thread.submit(
              () ->
                  load(
                      checkpoint,
                      change.apply(plans(checkpoint, result(processor), options)),
                      thread));
      try {
        Tokenizer tokenizer = files.tokenizer();
        ModelParts.checkFits(tokenizer, checkpoint, path);
        ChatTemplate template = files.template(tokenizer, options.templateOptions());
        Set<Integer> ends = ModelParts.endTokens(files, tokenizer);
        List<Loaded> all = result(loading);
        ModelInfo info = info(path, files, all, options);
        MemoryNeed need = MemoryNeed.of(files, all.getFirst().transformer().plan(), options);
        Engines engines = engines(path, checkpoint, all, ends, options.prefixes());
        return new LocalModel(files, tokenizer, template, engines, info, need);
      } catch (IOException | RuntimeException | Error e) {
        end(loading, thread, all -> all.forEach(Loaded::close));
        throw e;
      }
    } catch (IOException | RuntimeException | Error e) {
      files.close();
      throw e;
    }
  }

  /** To be called before libtorch starts: its natives come with the jars, nothing phones home. */
  static void stayOffline() {
    System.setProperty("ai.djl.offline", "true");
  }

  private static ExecutorService newThread(String name) {
    return Executors.newSingleThreadExecutor(Thread.ofPlatform().name(name).daemon().factory());
  }

  private static List<MemoryPlan> plans(
      Checkpoint checkpoint, Processor processor, LocalModelOptions options) {
    List<MemoryPlan> plans = MemoryPlan.of(checkpoint, processor, options.wanted());
    plans.stream()
        .map(MemoryPlan::note)
        .filter(note -> !note.isEmpty())
        .forEach(note -> log.warn("{}", note));
    return plans;
  }

  /**
   * Loads one after the other, as each takes memory for its loading; every one on its engine's
   * thread, so that libtorch has one team of helping threads for each. A further card where that
   * fails is left out.
   *
   * @param first the thread that this runs on
   */
  private static List<Loaded> load(
      Checkpoint checkpoint, List<MemoryPlan> plans, ExecutorService first) throws IOException {
    List<Loaded> all = new ArrayList<>();
    try {
      all.add(new Loaded(Transformer.load(checkpoint, plans.getFirst()), first));
      for (MemoryPlan plan : plans.subList(1, plans.size())) {
        try {
          ExecutorService thread = newThread("engine " + (all.size() + 1));
          all.add(new Loaded(load(checkpoint, plan, thread), thread));
        } catch (InterruptedIOException e) {
          throw e;
        } catch (IOException | RuntimeException e) {
          log.warn("NVIDIA card {} is not used: the model could not be loaded", plan.card(), e);
        }
      }
      return all;
    } catch (IOException | RuntimeException | Error e) {
      all.forEach(Loaded::close);
      throw e;
    }
  }

  private static Transformer load(Checkpoint checkpoint, MemoryPlan plan, ExecutorService thread)
      throws IOException {
    Future<Transformer> loading = thread.submit(() -> Transformer.load(checkpoint, plan));
    try {
      return result(loading);
    } catch (IOException | RuntimeException | Error e) {
      end(loading, thread, Transformer::close);
      throw e;
    }
  }

  private static Engines engines(
      Path path,
      Checkpoint checkpoint,
      List<Loaded> all,
      Set<Integer> ends,
      PrefixCacheOptions options)
      throws IOException {
    List<PrefixCache> prefixes = new ArrayList<>();
    for (Loaded each : all) {
      prefixes.add(prefixes(path, each, prefixes.size(), all.size(), options));
    }
    return new Engines(
        IntStream.range(0, all.size())
            .mapToObj(i -> all.get(i).engine(ends::contains, prefixes.get(i)))
            .toList(),
        (before, index) -> {
          ExecutorService thread = newThread("engine " + (index + 1));
          Loaded loaded = new Loaded(load(checkpoint, before.transformer().plan(), thread), thread);
          return loaded.engine(ends::contains, prefixes(path, loaded, index, all.size(), options));
        });
  }

  /** The disk is for the first one's conversations: two would delete each other's files. */
  private static PrefixCache prefixes(
      Path path, Loaded loaded, int index, int engines, PrefixCacheOptions options)
      throws IOException {
    PrefixCacheOptions share =
        new PrefixCacheOptions(
            options.memoryBytes() / engines,
            index == 0 ? options.folder() : Optional.empty(),
            options.diskBytes());
    return new PrefixCache(loaded.transformer(), share, Fingerprint.of(path, loaded.transformer()));
  }

  /** A network and the thread that loaded it. */
  private record Loaded(Transformer transformer, ExecutorService thread) {
    Engine engine(IntPredicate endsAnswer, PrefixCache prefixes) {
      return new Engine(transformer, endsAnswer, prefixes, thread);
    }

    void close() {
      thread.shutdownNow();
      transformer.close();
    }
  }

  /** The file must stay open until the thread that reads it has ended, interrupted or not. */
  private static <T> void end(Future<T> loading, ExecutorService thread, Consumer<T> close) {
    thread.shutdownNow();
    thread.close();
    if (loading.state() == Future.State.SUCCESS) {
      close.accept(loading.resultNow());
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

  private static ModelInfo info(
      Path path, ModelFiles files, List<Loaded> all, LocalModelOptions options)
      throws ModelFormatException {
    Transformer first = all.getFirst().transformer();
    String fileName = path.getFileName().toString();
    Optional<String> name = files.name();
    Optional<String> licence = files.licence();
    return new ModelInfo(
        options.name().or(() -> name).orElse(fileName),
        fileName + " " + first.weights().name().toLowerCase(Locale.ROOT),
        all.stream().mapToInt(each -> each.transformer().slotLength()).min().orElseThrow(),
        options.licence().or(() -> licence).orElse("unknown"),
        options.languages().isEmpty() ? files.languages() : options.languages());
  }
}
