package dev.parley.bench;

import dev.parley.model.Generation;
import dev.parley.model.ModelException;
import dev.parley.model.TextListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Notes when an answer's text comes, and its thought. The list belongs to the model's thread until
 * the result is there.
 */
final class Running implements TextListener {
  private final List<Long> pieces = new ArrayList<>();
  private final CompletableFuture<Boolean> begun = new CompletableFuture<>();

  @Override
  public void text(String piece) {
    pieces.add(System.nanoTime());
    begun.complete(true);
  }

  @Override
  public void thought(String piece) {
    text(piece); // as quick or slow to write as an answer
  }

  /** Waits for the first text, or the end. */
  void awaitText(Generation generation) {
    CompletableFuture.anyOf(begun, generation.result().handle((_, _) -> true)).join();
  }

  Answer await(Generation generation) {
    try {
      return new Answer(generation.result().join(), pieces);
    } catch (CompletionException e) {
      throw e.getCause() instanceof ModelException known
          ? known
          : new ModelException("The model failed.", e);
    }
  }
}
