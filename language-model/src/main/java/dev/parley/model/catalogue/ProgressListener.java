package dev.parley.model.catalogue;

/** Hears how a model's file comes in, on the thread that fetches it. */
@FunctionalInterface
public interface ProgressListener {
  /** Hears nothing. */
  ProgressListener NONE = (source, bytesDone, bytesTotal) -> {};

  /**
   * Some more has come; called often.
   *
   * @param source where from, for people
   * @param bytesDone so far, what an earlier attempt left included; may fall where a source has to
   *     start over
   * @param bytesTotal 0 where nobody knows
   */
  void progress(String source, long bytesDone, long bytesTotal);

  /** This source did not work out, the next one is tried. */
  default void failed(String source, String reason) {}
}
