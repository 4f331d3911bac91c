package dev.parley.queue;

/** The queue was closed before the request was answered: the process ends. */
public final class QueueClosedException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  QueueClosedException() {
    super("the queue is closed");
  }
}
