package dev.parley.model.training.data;

/** A row breaks a rule; the message is what was expected and what was found. */
final class RowException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  RowException(String reason) {
    super(reason);
  }
}
