package dev.parley.loading;

import dev.parley.model.LanguageModel;
import dev.parley.model.SamplingOptions;

/**
 * A loaded model and how it wants to be used. Closing it closes the model.
 *
 * @param brief whether it follows only a short system prompt
 * @param sampling what suits it
 * @param runsOn for people, such as {@code CPU, 2 threads, fp16}, the server's address, or {@code 3
 *     servers}
 */
public record Loaded(LanguageModel model, boolean brief, SamplingOptions sampling, String runsOn)
    implements AutoCloseable {
  @Override
  public void close() {
    model.close();
  }
}
