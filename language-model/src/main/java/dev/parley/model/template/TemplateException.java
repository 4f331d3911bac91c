package dev.parley.model.template;

import dev.parley.model.ModelException;

/** A model's chat template failed, or refused the messages in its own words. */
public final class TemplateException extends ModelException {
  private static final long serialVersionUID = 1;

  /** The template comes with the model: its words can be of any length. */
  private static final int SHOWN = 200;

  TemplateException(String problem) {
    super("The model's chat template does not take these messages: " + printable(problem));
  }

  private static String printable(String text) {
    String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    return shown.replaceAll("[\\p{Cntrl}\\p{Cs}\\u2028\\u2029]+", " ");
  }
}
