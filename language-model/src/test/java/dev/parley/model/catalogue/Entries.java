package dev.parley.model.catalogue;

import dev.parley.model.SamplingOptions;
import java.util.List;
import java.util.Map;

/** Small catalogue entries for tests. */
final class Entries {
  private Entries() {}

  static CatalogueEntry from(ModelSource... sources) {
    return entry("tiny", "llama", 1000, List.of("en"), 1, true, sources);
  }

  static CatalogueEntry entry(
      String id,
      String architecture,
      long size,
      List<String> languages,
      long minimumMemory,
      boolean automatic,
      ModelSource... sources) {
    return new CatalogueEntry(
        id,
        id,
        architecture,
        languages,
        size,
        "Apache-2.0",
        8192,
        minimumMemory,
        automatic,
        false,
        SamplingOptions.GREEDY,
        Map.of(),
        List.of(sources));
  }
}
