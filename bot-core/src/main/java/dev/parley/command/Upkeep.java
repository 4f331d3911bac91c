package dev.parley.command;

import org.slf4j.event.Level;

/**
 * What operators do to the running program. The launcher has it: where backups lie is none of the
 * core's business. Thread-safe.
 */
public interface Upkeep {
  /**
   * A copy of the database.
   *
   * @param name of its file
   */
  record Backup(String name, long bytes) {}

  /**
   * Copies the database now, which takes a while where it is large.
   *
   * @throws dev.parley.storage.DatabaseException where that is not possible, with a sentence that
   *     says why
   */
  Backup backUp();

  /** The least important event that is logged now. */
  Level logLevel();

  /** Logs events from this on, until the process ends; never what people write. */
  void logLevel(Level least);
}
