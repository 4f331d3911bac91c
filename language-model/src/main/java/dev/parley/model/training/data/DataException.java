package dev.parley.model.training.data;

import java.io.IOException;

/** Data that cannot be trained from, in one sentence that names the file. */
public final class DataException extends IOException {
  private static final long serialVersionUID = 1;

  DataException(String message) {
    super(message);
  }
}
