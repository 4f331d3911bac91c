package dev.parley.model;

import java.util.List;

/** A model around another one, which does everything that is not overridden. */
public abstract class DelegatingModel implements LanguageModel {
  private final LanguageModel model;

  /**
   * @param model closed with this
   */
  protected DelegatingModel(LanguageModel model) {
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
    return model.generate(messages, options, listener);
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
