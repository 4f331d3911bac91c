package dev.parley.platform;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A button under a message.
 *
 * @param id comes back with the press, at most 64 bytes in UTF-8 (the smallest limit of the
 *     platforms)
 * @param label what it says, in the reader's language
 * @param description what it stands for, where the label is short for it: a platform that has menus
 *     makes one of a row of such buttons
 */
public record Button(String id, String label, Optional<String> description) {
  private static final int MAX_ID_BYTES = 64;

  public Button {
    if (id.isEmpty() || id.getBytes(StandardCharsets.UTF_8).length > MAX_ID_BYTES) {
      throw new IllegalArgumentException("a button's id must have 1 to 64 bytes: '" + id + "'");
    }
  }

  /** One whose label says all. */
  public Button(String id, String label) {
    this(id, label, Optional.empty());
  }
}
