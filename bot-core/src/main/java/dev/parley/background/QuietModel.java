package dev.parley.background;

import dev.parley.model.ChatMessage;
import dev.parley.model.FinishReason;
import dev.parley.model.GenerationOptions;
import dev.parley.model.GenerationResult;
import dev.parley.model.LanguageModel;
import dev.parley.model.ModelException;
import dev.parley.model.SamplingOptions;
import dev.parley.platform.PersonId;
import dev.parley.platform.PlaceId;
import dev.parley.queue.GenerationQueue;
import dev.parley.queue.GenerationRequest;
import dev.parley.queue.QueueFullException;
import dev.parley.queue.QueuedGeneration;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The model for work that nobody waits for: behind everybody in the queue, and given up as soon as
 * somebody waits for the slot. It counts as nobody's share. Thread-safe.
 */
final class QuietModel {
  private static final Logger log = LoggerFactory.getLogger(QuietModel.class);
  private static final PersonId NOBODY = new PersonId("parley", "background");
  private static final PlaceId NOWHERE = new PlaceId("parley", "background");

  /** How often it looks whether somebody waits. */
  private static final Duration GLANCE = Duration.ofMillis(100);

  private final GenerationQueue queue;
  private final LanguageModel model;
  private final SamplingOptions sampling;
  private final int contextTokens;

  /** What came of a request. */
  sealed interface Outcome {
    /**
     * The model said this, told apart from its thought.
     *
     * @param version of the model
     */
    record Text(String text, GenerationResult result, String version) implements Outcome {}

    /** Somebody else needed the model: worth another try soon. */
    record GivenUp() implements Outcome {}

    /** It failed, and is in the log. */
    record Failed() implements Outcome {}
  }

  QuietModel(
      GenerationQueue queue, LanguageModel model, SamplingOptions sampling, int contextTokens) {
    this.queue = queue;
    this.model = model;
    this.sampling = sampling.withTemperature(0);
    this.contextTokens = contextTokens;
  }

  int contextTokens() {
    return contextTokens;
  }

  int countTokens(List<ChatMessage> messages) {
    return model.countTokens(messages);
  }

  /** Nobody waits and nothing runs. */
  boolean idle() {
    return queue.size() == 0;
  }

  /** Asks the model for what it is most sure of, and waits. */
  Outcome ask(List<ChatMessage> messages, int maxTokens) throws InterruptedException {
    return ask(messages, GenerationOptions.of(maxTokens, sampling));
  }

  /** Asks the model and waits. */
  Outcome ask(List<ChatMessage> messages, GenerationOptions options) throws InterruptedException {
    AtomicReference<String> version = new AtomicReference<>("");
    GenerationRequest request =
        new GenerationRequest(
            NOBODY,
            NOWHERE,
            -1, // no conversation, so that people can go on with theirs
            GenerationRequest.Priority.BACKGROUND,
            () ->
                (one, listener) -> {
                  version.set(one.info().version());
                  return one.generate(messages, options, listener);
                },
            piece -> {});
    QueuedGeneration queued;
    try {
      queued = queue.submit(request);
    } catch (QueueFullException full) {
      return new Outcome.GivenUp();
    }
    try {
      GenerationResult result = await(queued);
      return result.finishReason() == FinishReason.CANCELLED
          ? new Outcome.GivenUp()
          : new Outcome.Text(result.text().strip(), result, version.get());
    } catch (CancellationException givenUp) {
      return new Outcome.GivenUp();
    } catch (ExecutionException failure) {
      log.warn("Background work failed: {}", sentence(failure));
      return new Outcome.Failed();
    } catch (InterruptedException closing) {
      queued.cancel();
      throw closing;
    }
  }

  /** Waits, and ends it as soon as somebody else waits for the slot. */
  private GenerationResult await(QueuedGeneration queued)
      throws InterruptedException, ExecutionException {
    while (true) {
      try {
        return queued.result().get(GLANCE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException stillWriting) {
        if (queue.size() > model.capacity().parallel()) {
          queued.cancel();
        }
      }
    }
  }

  /** Only a model's own sentences are sure to hold nobody's text. */
  private static String sentence(ExecutionException failure) {
    return failure.getCause() instanceof ModelException told
        ? String.valueOf(told.getMessage())
        : "a fault of the program";
  }
}
