package dev.parley.loading;

import java.io.PrintStream;

/** Says on a terminal that a model is loaded, and takes the line away once it is. */
final class LoadingLine implements AutoCloseable {
  private static final String WORDS = "Loading the model …";

  private final PrintStream err;
  private final boolean live;

  private LoadingLine(PrintStream err, boolean live) {
    this.err = err;
    this.live = live;
  }

  /**
   * @param live whether somebody sees it; else nothing is written
   */
  static LoadingLine show(PrintStream err, boolean live) {
    if (live) {
      err.print(WORDS);
      err.flush();
    }
    return new LoadingLine(err, live);
  }

  @Override
  public void close() {
    if (live) {
      err.print("\r" + " ".repeat(WORDS.length()) + "\r");
      err.flush();
    }
  }
}
