package dev.parley.learning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What was trained, to be kept as a version.
 *
 * @param name unlike every other: up to 40 lower-case letters, digits, dots and hyphens, such as
 *     {@code sft-1127-2}
 * @param parent from which it was trained; empty for the operator's own model
 * @param kind of training, such as {@code sft}
 * @param folder what is loaded, absolute
 * @param dataHash of what it learnt
 * @param settings of the training, JSON
 * @param metrics of the training, JSON
 */
public record NewVersion(
    String name,
    Optional<VersionId> parent,
    String kind,
    Path folder,
    String dataHash,
    String settings,
    String metrics) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public NewVersion {
    if (!name.matches("[a-z0-9][a-z0-9.-]{0,39}")) {
      throw new IllegalArgumentException(
          "a version's name has 1 to 40 lower-case letters, digits, dots and hyphens, not " + name);
    }
    if (!folder.isAbsolute()) {
      throw new IllegalArgumentException("a version's folder must be absolute, not " + folder);
    }
    checkJson("settings", settings);
    checkJson("metrics", metrics);
  }

  static void checkJson(String what, String text) {
    try {
      if (!JSON.readTree(text).isObject()) {
        throw new IllegalArgumentException(what + " must be a JSON object");
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(what + " must be JSON", e);
    }
  }
}
