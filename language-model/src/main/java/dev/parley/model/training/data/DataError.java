package dev.parley.model.training.data;

import java.nio.file.Path;

/**
 * A line that cannot be used.
 *
 * @param file the file's name
 * @param line counted from 1
 * @param reason what was expected and what was found, on one line
 */
public record DataError(String file, long line, String reason) {
  /** Texts from a file can be of any length: a reason shows this much of them. */
  private static final int SHOWN = 200;

  public DataError {
    file = printable(file);
    reason = printable(reason);
  }

  static DataError of(Path file, long line, String reason) {
    return new DataError(String.valueOf(file.getFileName()), line, reason);
  }

  /** One sentence for people: {@code train.jsonl, line 17: expected JSON, found …}. */
  public String sentence() {
    return "%s, line %d: %s".formatted(file, line, reason);
  }

  private static String printable(String text) {
    String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    return shown.replaceAll("[\\p{Cntrl}\\p{Cs}\\u2028\\u2029]", "?");
  }
}
