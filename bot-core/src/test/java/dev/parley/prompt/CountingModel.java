package dev.parley.prompt;

import dev.parley.model.Capacity;
import dev.parley.model.ChatMessage;
import dev.parley.model.Generation;
import dev.parley.model.GenerationOptions;
import dev.parley.model.LanguageModel;
import dev.parley.model.ModelInfo;
import dev.parley.model.TextListener;
import java.util.List;

/** Counts a token for each word and two for each message; generates nothing. */
final class CountingModel implements LanguageModel {
  @Override
  public ModelInfo info() {
    return new ModelInfo("counting", "1", 4_096, "Apache-2.0", List.of());
  }

  @Override
  public Capacity capacity() {
    return new Capacity(1, 1, 1);
  }

  @Override
  public int countTokens(List<ChatMessage> messages) {
    return messages.stream().mapToInt(m -> 2 + m.text().split("\\s+", -1).length).sum();
  }

  @Override
  public Generation generate(
      List<ChatMessage> messages, GenerationOptions options, TextListener listener) {
    throw new IllegalStateException("only counts");
  }

  @Override
  public void close() {}
}
