package dev.parley.model.engine;

import dev.parley.model.transformer.MemoryPlan;
import dev.parley.model.transformer.Processor;
import dev.parley.model.transformer.Weights;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a model file is loaded.
 *
 * @param processor what computes; a card where there is one, unless said otherwise
 * @param weights precision of the projections; what suits the processor, unless said otherwise
 * @param slots generations that run at once, each with its part of the KV cache, at least 1; eight
 *     on a processor and as many as fit on a card, unless said otherwise; of each card
 * @param slotLength tokens of prompt and answer together in each slot, at least 64; the model's
 *     context length bounds it
 * @param contextLength tokens that the model is good for, where that is less than its file says;
 *     bounds a slot whether its length is said or not
 * @param prefixes what is kept of conversations that lost their slot
 * @param templateOptions variables for the chat template, such as {@code enable_thinking}
 * @param name instead of the file's own
 * @param licence instead of the file's own
 * @param languages instead of the file's own, best first; empty keeps those
 */
public record LocalModelOptions(
    Optional<Processor> processor,
    Optional<Weights> weights,
    OptionalInt slots,
    OptionalInt slotLength,
    int contextLength,
    PrefixCacheOptions prefixes,
    Map<String, Object> templateOptions,
    Optional<String> name,
    Optional<String> licence,
    List<String> languages) {

  /** All as it suits the machine. */
  public static final LocalModelOptions DEFAULT =
      new LocalModelOptions(
          Optional.empty(),
          Optional.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          Integer.MAX_VALUE,
          PrefixCacheOptions.NONE,
          Map.of(),
          Optional.empty(),
          Optional.empty(),
          List.of());

  public LocalModelOptions {
    slots.ifPresent(
        count -> {
          if (count < 1 || count > 1_024) {
            throw new IllegalArgumentException("slots must be 1 to 1,024, not " + count);
          }
        });
    slotLength.ifPresent(
        length -> {
          if (length < 64) {
            throw new IllegalArgumentException("slotLength must be at least 64, not " + length);
          }
        });
    templateOptions = Map.copyOf(templateOptions);
    languages = List.copyOf(languages);
  }

  public LocalModelOptions withWeights(Weights value) {
    return new LocalModelOptions(
        processor,
        Optional.of(value),
        slots,
        slotLength,
        contextLength,
        prefixes,
        templateOptions,
        name,
        licence,
        languages);
  }

  public LocalModelOptions withSlots(int count, int length) {
    return new LocalModelOptions(
        processor,
        weights,
        OptionalInt.of(count),
        OptionalInt.of(length),
        contextLength,
        prefixes,
        templateOptions,
        name,
        licence,
        languages);
  }

  public LocalModelOptions withPrefixCache(PrefixCacheOptions value) {
    return new LocalModelOptions(
        processor,
        weights,
        slots,
        slotLength,
        contextLength,
        value,
        templateOptions,
        name,
        licence,
        languages);
  }

  MemoryPlan.Wanted wanted() {
    return new MemoryPlan.Wanted(weights, slots, slotLength, contextLength);
  }
}
