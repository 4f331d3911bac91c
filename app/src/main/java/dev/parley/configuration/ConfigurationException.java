package dev.parley.configuration;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used: every mistake is a line of the message. */
public final class ConfigurationException extends Exception {
  private static final long serialVersionUID = 1;

  ConfigurationException(List<Finding> mistakes) {
    super(
        mistakes.stream()
            .map(Finding::toString)
            .collect(Collectors.joining(System.lineSeparator())));
  }
}
