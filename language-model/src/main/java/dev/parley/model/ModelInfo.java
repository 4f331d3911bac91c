package dev.parley.model;

import java.util.List;

/**
 * What answers.
 *
 * @param name for people, such as {@code SmolLM2-135M-Instruct}
 * @param version tells two states of the same model apart: recorded with every answer
 * @param contextLength most tokens of prompt and answer together
 * @param licence SPDX identifier or "unknown"
 * @param languages ISO 639 codes it answers well in, best first; empty where unknown
 */
public record ModelInfo(
    String name, String version, int contextLength, String licence, List<String> languages) {
  public ModelInfo {
    languages = List.copyOf(languages);
  }
}
