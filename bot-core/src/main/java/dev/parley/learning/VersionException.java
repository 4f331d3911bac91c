package dev.parley.learning;

import java.util.Locale;

/** A version cannot do what was wanted of it; nothing was changed. */
public final class VersionException extends Exception {
  private static final long serialVersionUID = 1;

  private final Reason reason;
  private final String name;
  private final String detail;

  /** Why not. */
  public enum Reason {
    /** There is no such version, or things changed meanwhile. */
    CHANGED,
    /** It did not pass its examination. */
    NOT_PASSED,
    /** Another one is tried. */
    ANOTHER_TRIED,
    /** Another change is being made. */
    BUSY,
    /** What is to be loaded is not there any more. */
    FOLDER_GONE,
    /** It takes less text at once than what answers now, whose prompts would not fit. */
    TOO_SHORT,
    /** It could not be loaded. */
    NOT_LOADED;

    /** In names of texts. */
    public String key() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  VersionException(Reason reason, String name, String detail) {
    super(name + ": " + reason.key() + (detail.isEmpty() ? "" : " (" + detail + ")"));
    this.reason = reason;
    this.name = name;
    this.detail = detail;
  }

  VersionException(Reason reason, String name) {
    this(reason, name, "");
  }

  public Reason reason() {
    return reason;
  }

  /** Of the version; empty where it is the operator's own model. */
  public String name() {
    return name;
  }

  /** What failed, or which folder is gone; may be empty. */
  public String detail() {
    return detail;
  }
}
