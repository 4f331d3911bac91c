package dev.parley.model;

/**
 * The model could not do its work: the message says what failed and what to do, without anybody's
 * text in it.
 */
public class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ModelException(String message) {
    super(message);
  }

  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
