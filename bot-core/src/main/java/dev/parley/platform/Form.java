package dev.parley.platform;

import java.util.List;

/**
 * A form to fill in: a modal on Discord, a guided dialogue on Telegram, questions in the terminal.
 *
 * @param id comes back with the submission
 * @param title its heading
 * @param fields at least one
 */
public record Form(String id, String title, List<Field> fields) {
  public Form {
    fields = List.copyOf(fields);
    if (fields.isEmpty()) {
      throw new IllegalArgumentException("a form needs a field");
    }
  }

  /**
   * One text to type.
   *
   * @param id comes back with the value
   * @param label the question
   * @param value what is there already
   * @param maxLength most characters, as Unicode counts code points
   */
  public record Field(String id, String label, String value, int maxLength) {}
}
