package dev.parley.command;

import dev.parley.platform.CommandDefinition;
import dev.parley.platform.Completion;
import dev.parley.platform.Response;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One command: what it is called, and what it does when it is typed, when one of its buttons is
 * pressed and when one of its forms comes back: their ids begin with its name. Thread-safe.
 */
interface Command extends ButtonHandler {
  CommandDefinition definition();

  /** Carries the command out; the options are as typed, so each may be missing or wrong. */
  Response run(Asker asker, Map<String, String> options);

  /**
   * Values for an option that is not only one of a few, best first.
   *
   * @param options as typed so far
   */
  default Stream<Completion> complete(Asker asker, Map<String, String> options, String option) {
    return Stream.empty();
  }
}
