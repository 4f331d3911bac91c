package dev.parley.model.file;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A model file is not what it should be. The message is one sentence: file, field, what was
 * expected, what was found.
 */
public final class ModelFormatException extends IOException {
  private static final long serialVersionUID = 1;

  /** Texts from a file can be of any length: the message shows this much of each. */
  private static final int SHOWN = 200;

  /**
   * @param file which file
   * @param field which part of it: a metadata key, a tensor, a part of the header
   * @param problem such as {@code "expected a power of two, found 24"}
   */
  public ModelFormatException(Path file, String field, String problem) {
    super(
        "%s: %s: %s"
            .formatted(
                printable(String.valueOf(file.getFileName())),
                printable(field),
                printable(problem)));
  }

  /** The message and what to do, for whoever named the file. */
  public String withRemedy() {
    return getMessage()
        + ": the file is not whole or of another kind; fetch it again, or take another.";
  }

  private static String printable(String text) {
    String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    return shown.replaceAll("[\\p{Cntrl}\\p{Cs}\\u2028\\u2029]", "?");
  }
}
