package dev.parley.watch;

import dev.parley.model.GenerationResult;
import java.util.concurrent.atomic.LongAdder;

/** Tokens that models read and drew since the start. Thread-safe. */
public final class TokenCounts {
  private final LongAdder prompt = new LongAdder();
  private final LongAdder cached = new LongAdder();
  private final LongAdder generated = new LongAdder();

  /** Counts those of a generation that ended. */
  public void add(GenerationResult result) {
    prompt.add(result.promptTokens());
    cached.add(result.cachedTokens());
    generated.add(result.generatedTokens());
  }

  void write(Exposition out) {
    out.counter(
            "parley_prompt_tokens_total", "Tokens of prompts, cached ones included.", prompt.sum())
        .counter(
            "parley_cached_tokens_total",
            "Tokens of prompts that came from the KV cache.",
            cached.sum())
        .counter("parley_generated_tokens_total", "Tokens that were drawn.", generated.sum());
  }
}
