package dev.parley.watch;

import dev.parley.model.Capacity;
import dev.parley.model.ChatMessage;
import dev.parley.model.Generation;
import dev.parley.model.GenerationOptions;
import dev.parley.model.GenerationResult;
import dev.parley.model.LanguageModel;
import dev.parley.model.ModelInfo;
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
  private final LongAdder promptTokens = new LongAdder();
  private final LongAdder cachedTokens = new LongAdder();
  private final LongAdder generatedTokens = new LongAdder();
  private final Histogram firstToken = new Histogram();

  /** The same model, counted; closing it closes the model. */
  public LanguageModel on(LanguageModel model) {
    return new Counted(model);
  }

  private void ended(@Nullable GenerationResult result) {
    String how = result == null ? FAILED : result.finishReason().name().toLowerCase(Locale.ROOT);
    ended.computeIfAbsent("how=\"" + how + "\"", labels -> new LongAdder()).increment();
    if (result != null) {
      promptTokens.add(result.promptTokens());
      cachedTokens.add(result.cachedTokens());
      generatedTokens.add(result.generatedTokens());
      firstToken.add(result.toFirstToken());
    }
  }

  void write(Exposition out) {
    out.counters("parley_generations_total", "What the model wrote, by how it ended.", ended)
        .counter(
            "parley_prompt_tokens_total",
            "Tokens of prompts, cached ones included.",
            promptTokens.sum())
        .counter(
            "parley_cached_tokens_total",
            "Tokens of prompts that came from the KV cache.",
            cachedTokens.sum())
        .counter("parley_generated_tokens_total", "Tokens that were drawn.", generatedTokens.sum())
        .histogram(
            "parley_model_time_to_first_token_seconds",
            "From the model being asked to its first token.",
            firstToken);
  }

  private final class Counted implements LanguageModel {
    private final LanguageModel model;

    Counted(LanguageModel model) {
      this.model = model;
    }

    @Override
    public ModelInfo info() {
      return model.info();
    }

    @Override
    public Capacity capacity() {
      return model.capacity();
    }

    @Override
    public int countTokens(List<ChatMessage> messages) {
      return model.countTokens(messages);
    }

    @Override
    public Generation generate(
        List<ChatMessage> messages, GenerationOptions options, TextListener listener) {
      Generation generation = model.generate(messages, options, listener);
      var _ = generation.result().whenComplete((result, failure) -> ended(result));
      return generation;
    }

    @Override
    public void forget() {
      model.forget();
    }

    @Override
    public void close() {
      model.close();
    }
  }
}
