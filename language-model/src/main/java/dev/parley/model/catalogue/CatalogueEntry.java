package dev.parley.model.catalogue;

import dev.parley.model.SamplingOptions;
import java.util.List;
import java.util.Map;

/**
 * A model that can be had.
 *
 * @param id what people type, and the name of its file in the models folder
 * @param name as its makers write it
 * @param architecture in GGUF's words ({@code general.architecture}): tells whether an engine can
 *     run it
 * @param languages ISO 639 codes it answers well in, best first
 * @param size of the file in bytes; sources may differ by some
 * @param licence SPDX identifier, or its name where SPDX has none
 * @param contextLength most tokens of prompt and answer together
 * @param minimumMemory in bytes, weights and a small KV cache
 * @param automatic whether it may be chosen for people who named none
 * @param shortSystemPrompt whether it is too small to follow a long system prompt
 * @param sampling what suits it where nobody chose otherwise
 * @param templateOptions variables of its chat template; Boolean, Long, Double or String
 * @param sources tried in this order
 */
public record CatalogueEntry(
    String id,
    String name,
    String architecture,
    List<String> languages,
    long size,
    String licence,
    int contextLength,
    long minimumMemory,
    boolean automatic,
    boolean shortSystemPrompt,
    SamplingOptions sampling,
    Map<String, Object> templateOptions,
    List<ModelSource> sources) {

  public CatalogueEntry {
    ModelStore.requireId(id);
    languages = List.copyOf(languages);
    templateOptions = Map.copyOf(templateOptions);
    sources = List.copyOf(sources);
  }
}
