package dev.parley.telegram;

/** Where updates come from. */
interface UpdateSource extends AutoCloseable {
  void start();

  /** When this returns, none is taken any more. */
  @Override
  void close();
}
