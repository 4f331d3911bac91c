package dev.parley.training;

import dev.parley.model.ChatMessage;
import dev.parley.model.ModelException;
import dev.parley.model.engine.ModelParts;
import dev.parley.model.ranking.Judge;
import dev.parley.model.training.RewardModel;
import dev.parley.model.training.data.ChatEncoder;
import dev.parley.model.training.data.EncodedExample;
import dev.parley.model.transformer.Processor;
import dev.parley.model.transformer.TrainableTransformer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A reward model that judges answers of any model: it reads them as its own model would. It has a
 * thread of its own, as networks are confined to one. Thread-safe.
 */
public final class RewardJudge implements Judge {
  private static final int MOST_TOKENS = 2048;

  private final ExecutorService thread;
  private final RewardFolder folder;
  private final TrainableTransformer network;
  private final RewardModel model;
  private final ChatEncoder encoder;

  private RewardJudge(
      ExecutorService thread,
      RewardFolder folder,
      TrainableTransformer network,
      RewardModel model,
      ChatEncoder encoder) {
    this.thread = thread;
    this.folder = folder;
    this.network = network;
    this.model = model;
    this.encoder = encoder;
  }

  /**
   * Loads what {@code train reward} left in a folder.
   *
   * @throws ModelException where there is none
   */
  public static RewardJudge load(Path path, Processor processor) throws IOException {
    RewardFolder folder = RewardFolder.open(path);
    ExecutorService thread =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().name("reward").daemon().factory());
    try {
      ModelParts parts = folder.parts();
      int longest = Math.min(MOST_TOKENS, folder.network().contextLength());
      ChatEncoder encoder =
          new ChatEncoder(parts.template(), parts.tokenizer(), parts.endTokens(), longest);
      return on(
          thread,
          () -> {
            TrainableTransformer network = Networks.whole(folder.network(), processor, longest);
            try {
              return new RewardJudge(thread, folder, network, folder.on(network), encoder);
            } catch (RuntimeException | Error e) {
              network.close();
              throw e;
            }
          });
    } catch (IOException | RuntimeException | Error e) {
      thread.close();
      folder.close();
      throw e;
    }
  }

  /** An answer that leaves no room, or has none, is the worst. */
  @Override
  public double[] score(List<ChatMessage> prompt, List<String> answers) {
    try {
      return on(
          thread, () -> answers.stream().mapToDouble(answer -> score(prompt, answer)).toArray());
    } catch (IOException e) {
      throw new ModelException("An answer could not be judged: " + e.getMessage(), e);
    }
  }

  private double score(List<ChatMessage> prompt, String answer) {
    return encoder
        .encode(prompt, answer)
        .map(encoded -> model.score(List.<EncodedExample>of(encoded))[0])
        .orElse(Double.NEGATIVE_INFINITY);
  }

  private static <T> T on(ExecutorService thread, Callable<T> work) throws IOException {
    Future<T> future = thread.submit(work);
    try {
      return future.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException told -> throw told;
        case RuntimeException told -> throw told;
        case Error told -> throw told;
        case null, default -> throw new ModelException("A reward model failed.", e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelException("A reward model was interrupted.", e);
    }
  }

  @Override
  public void close() {
    var _ = thread.submit(network::close);
    thread.close(); // waits for it
    folder.close();
  }
}
