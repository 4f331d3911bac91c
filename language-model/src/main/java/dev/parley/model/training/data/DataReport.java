package dev.parley.model.training.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What was found in a file.
 *
 * @param file the file's name
 * @param rows demonstrations or preferences that were handed out; a line may hold several
 * @param errors the first lines that cannot be used, at most {@value #MOST_ERRORS}
 * @param moreErrors how many more there are
 * @param repeatedLines lines that equal an earlier one; they are handed out all the same
 * @param repeatedIds lines whose {@code id} an earlier, different line has; handed out all the same
 */
public record DataReport(
    String file,
    long rows,
    List<DataError> errors,
    long moreErrors,
    long repeatedLines,
    long repeatedIds) {
  /** Enough to see what is wrong with a file, and few enough to read. */
  public static final int MOST_ERRORS = 20;

  public DataReport {
    errors = List.copyOf(errors);
  }

  /**
   * Refuses a file with lines that cannot be used.
   *
   * @throws DataException with how many there are and the first of them
   */
  public void requireNoErrors() throws DataException {
    if (!errors.isEmpty()) {
      long count = errors.size() + moreErrors;
      throw new DataException(
          count == 1
              ? errors.getFirst().sentence()
              : "%s (and %d more lines like that)"
                  .formatted(errors.getFirst().sentence(), count - 1));
    }
  }

  /**
   * Refuses a file that gave nothing to train from.
   *
   * @throws DataException with the first error, where there is one
   */
  public void requireRows() throws DataException {
    if (rows == 0) {
      requireNoErrors();
      throw new DataException(file + ": expected lines of JSON, found none");
    }
  }

  /** Counts while a file is read. Confined to one thread. */
  static final class Tally {
    private final Path file;
    private final List<DataError> errors = new ArrayList<>();
    private long rows;
    private long moreErrors;
    private long repeatedLines;
    private long repeatedIds;

    Tally(Path file) {
      this.file = file;
    }

    void row() {
      rows++;
    }

    void repeatedLine() {
      repeatedLines++;
    }

    void repeatedId() {
      repeatedIds++;
    }

    void error(long line, RowException fault) {
      if (errors.size() < MOST_ERRORS) {
        errors.add(DataError.of(file, line, String.valueOf(fault.getMessage())));
      } else {
        moreErrors++;
      }
    }

    DataReport report() {
      String name = String.valueOf(file.getFileName());
      return new DataReport(name, rows, errors, moreErrors, repeatedLines, repeatedIds);
    }
  }
}
