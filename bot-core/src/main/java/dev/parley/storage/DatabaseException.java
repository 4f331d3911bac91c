package dev.parley.storage;

/**
 * The database could not do what was asked. The message is one sentence for people: what, where,
 * what to do; it holds nobody's text.
 */
public final class DatabaseException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What is wrong. */
  public enum Kind {
    /** Another process has it open. */
    IN_USE,
    /** The file, or a part of it, is not a database any more. */
    DAMAGED,
    /** No room on the disk: what is stored stays, nothing new is taken. */
    DISK_FULL,
    /** The folder or the file cannot be written. */
    READ_ONLY,
    /** Written by a newer Parley. */
    NEWER,
    /** Anything else. */
    OTHER
  }

  private final Kind kind;

  DatabaseException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  DatabaseException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** Whether the same may work a while later: nothing that is stored is in danger. */
  public boolean isPassing() {
    return kind == Kind.IN_USE || kind == Kind.DISK_FULL;
  }
}
