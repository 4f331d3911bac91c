package dev.parley.platform;

import java.util.Map;

/**
 * A form that a person filled in.
 *
 * @param eventId unique per platform
 * @param place where
 * @param sender who
 * @param formId as given in {@link Form#id()}
 * @param values what was typed, by field id
 */
public record FormSubmission(
    String eventId, Place place, Person sender, String formId, Map<String, String> values) {
  public FormSubmission {
    values = Map.copyOf(values);
  }
}
