package dev.parley.command;

import dev.parley.platform.Response;

/**
 * A further thing that {@code /operator} does, which is asked on behalf of operators alone.
 * Thread-safe.
 */
interface OperatorTool {
  /** As it is typed, and as ids of buttons have it. */
  String name();

  /**
   * Does it.
   *
   * @param wanted what was typed or pressed after its name; empty for nothing
   */
  Response use(Asker asker, String wanted);

  /**
   * Takes a text.
   *
   * @param typed after its name, or into its form; as it came
   */
  default Response write(Asker asker, String typed) {
    return use(asker, "");
  }
}
