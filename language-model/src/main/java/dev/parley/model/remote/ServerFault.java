package dev.parley.model.remote;

import dev.parley.model.ModelException;

/** The server failed, not the request: another one may well answer it. */
final class ServerFault extends ModelException {
  private static final long serialVersionUID = 1;

  ServerFault(String message) {
    super(message);
  }

  ServerFault(String message, Throwable cause) {
    super(message, cause);
  }
}
