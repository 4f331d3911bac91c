package dev.parley.model.template;

import dev.parley.model.ModelException;

/** A model's chat template failed, or refused the messages in its own words. */
public final class TemplateException extends ModelException {
  private static final long serialVersionUID = 1;

  TemplateException(String problem) {
    super("The model's chat template does not take these messages: " + problem);
  }
}
