package dev.parley.model.remote;

import dev.parley.model.LanguageModel;
import dev.parley.model.ModelException;
import dev.parley.model.ModelInfo;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model that answers while no server does: opened when it is first needed, and kept. Guarded by
 * itself.
 */
public final class Standby implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Standby.class);

  private final ModelInfo expected;
  private final Opening opening;
  private CompletableFuture<LanguageModel> model;
  private @Nullable Thread opener;

  /** Loads the model; may take long. */
  @FunctionalInterface
  public interface Opening {
    LanguageModel open() throws IOException;
  }

  /**
   * A model that is not open yet.
   *
   * @param expected what is known of it before it is open
   */
  public Standby(ModelInfo expected, Opening opening) {
    this.expected = expected;
    this.opening = opening;
    this.model = CompletableFuture.failedFuture(new ModelException("It is not open."));
  }

  synchronized ModelInfo info() {
    return opened().map(LanguageModel::info).orElse(expected);
  }

  /** The model, if it is open. */
  synchronized Optional<LanguageModel> opened() {
    return model.isDone() && !model.isCompletedExceptionally()
        ? Optional.of(model.join())
        : Optional.empty();
  }

  /** The model once it is open; what cannot be opened is tried anew by the next who asks. */
  synchronized CompletableFuture<LanguageModel> model() {
    if (model.isCompletedExceptionally()) {
      log.warn("no model server answers: {} answers while none does", expected.name());
      CompletableFuture<LanguageModel> coming = new CompletableFuture<>();
      model = coming;
      // computes and calls native code, which would hold a carrier of virtual threads
      opener = Thread.ofPlatform().name("standby-model").daemon().start(() -> open(coming));
    }
    return model;
  }

  private void open(CompletableFuture<LanguageModel> coming) {
    try {
      coming.complete(opening.open());
    } catch (IOException | RuntimeException | LinkageError e) {
      log.warn("the model that should answer instead cannot be opened: {}", e.getMessage());
      coming.completeExceptionally(
          new ModelException(
              "No model server answers, and the model to answer instead cannot be opened: "
                  + e.getMessage(),
              e));
    }
  }

  /** Ends an opening too; nobody may ask any more. */
  @Override
  public void close() {
    CompletableFuture<LanguageModel> last;
    synchronized (this) {
      last = model;
      if (opener != null) {
        opener.interrupt();
      }
    }
    last.handle(
            (open, failure) -> {
              if (open != null) {
                open.close();
              }
              return true;
            })
        .join();
  }
}
