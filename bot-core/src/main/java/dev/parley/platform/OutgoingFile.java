package dev.parley.platform;

/**
 * A file for a person.
 *
 * @param name a plain file name
 * @param content its bytes, owned by this record: neither side changes them
 * @param otherwise said where the platform does not take it; may be empty
 */
@SuppressWarnings("ArrayRecordComponent") // a file is handed over once and compared nowhere
public record OutgoingFile(String name, byte[] content, String otherwise) {
  /** One of which nothing is said where it is not taken. */
  public OutgoingFile(String name, byte[] content) {
    this(name, content, "");
  }

  /** Whether people see it at once where their platform shows pictures. */
  public boolean isPicture() {
    return name.endsWith(".png");
  }
}
