package dev.parley.watch;

import dev.parley.model.ChatMessage;
import dev.parley.model.DelegatingModel;
import dev.parley.model.Generation;
import dev.parley.model.GenerationOptions;
import dev.parley.model.GenerationResult;
import dev.parley.model.LanguageModel;
import dev.parley.model.TextListener;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts what models do: generations by how they ended, tokens, times to the first. Thread-safe.
 */
public final class Meter {
  private static final String FAILED = "failed";

  private final Map<String, LongAdder> ended = new ConcurrentSkipListMap<>();
  private final TokenCounts tokens = new TokenCounts();
  private final Histogram firstToken = new Histogram();

  /** The same model, counted; closing it closes the model. */
  public LanguageModel on(LanguageModel model) {
    return new Counted(model);
  }

  private void ended(@Nullable GenerationResult result) {
    String how = result == null ? FAILED : result.finishReason().name().toLowerCase(Locale.ROOT);
    ended.computeIfAbsent("how=\"" + how + "\"", labels -> new LongAdder()).increment();
    if (result != null) {
      tokens.add(result);
      firstToken.add(result.toFirstToken());
    }
  }

  void write(Exposition out) {
    out.counters("parley_generations_total", "What the model wrote, by how it ended.", ended)
        .tokens(tokens)
        .histogram(
            "parley_model_time_to_first_token_seconds",
            "From the model being asked to its first token.",
            firstToken);
  }

  private final class Counted extends DelegatingModel {
    Counted(LanguageModel model) {
      super(model);
    }

    @Override
    public Generation generate(
        List<ChatMessage> messages, GenerationOptions options, TextListener listener) {
      Generation generation = super.generate(messages, options, listener);
      var _ = generation.result().whenComplete((result, failure) -> ended(result));
      return generation;
    }
  }
}
