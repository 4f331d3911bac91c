package dev.parley.model;

import java.nio.file.Path;

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

  /**
   * Where a library of the system's own kind cannot be put into its place or loaded.
   *
   * @param library its name
   * @param folder where it is put
   */
  public static ModelException ofLibrary(String library, Throwable failure, Path folder) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String why = String.valueOf(cause.getMessage()).replaceAll("\\s+", " ");
    return new ModelException(
        "%s cannot be started (%s): make room for 500 MB in %s or delete what is there, unset"
                .formatted(library, why, folder)
            + " PYTORCH_LIBRARY_PATH and the other PYTORCH_ variables, and try again.",
        failure);
  }
}
