package dev.parley.configuration;

import java.util.List;

/** The configuration cannot be used: every mistake is a line of the message. */
public final class ConfigurationException extends Exception {
  private static final long serialVersionUID = 1;

  ConfigurationException(List<String> mistakes) {
    super(String.join(System.lineSeparator(), mistakes));
  }
}
