package dev.parley.model.catalogue;

/** Why one source did not work out, as part of a sentence; the next one is tried. */
final class SourceFailure extends Exception {
  private static final long serialVersionUID = 1;

  SourceFailure(String reason) {
    super(reason);
  }

  SourceFailure(String reason, Throwable cause) {
    super(reason, cause);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
